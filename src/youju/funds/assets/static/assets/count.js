/* Counting on a phone. Each count is written to IndexedDB before anything else happens; it goes to the centre when there is a
   connection, under an id of its own, so that sending it twice writes it once. */
const room = document.getElementById("counting");
const at = (name) => room.querySelector(`[data-${name}]`);
const STEP = 30;
const SEND_AT_ONCE = 100;
const RETRY = 30000;
let db, list = { items: [], results: {} }, byNumber = new Map(), counts = new Map(), shown = STEP, sending = false;

/* The number in what was scanned: as youju.rules.funds.assets.counting.number_of. */
export function numberOf(text) {
  let found = text.trim();
  const link = /\/code\/([^/?#\s]+)\/?(?:[?#].*)?$/.exec(found);
  if (link) { found = link[1]; }
  found = found.replace(/[！-～]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
  found = found.replace(/[^0-9A-Za-z-]/g, "").toUpperCase();
  return found.length <= 24 ? found : "";
}

function newId() {
  if (crypto.randomUUID) { return crypto.randomUUID(); }
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function promised(request) {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}

function open() {
  const request = indexedDB.open(`youju-count-${room.dataset.user}-${room.dataset.round}`, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("counts", { keyPath: "id" });
    request.result.createObjectStore("kept");
  };
  return promised(request);
}

const store = (name, mode = "readonly") => db.transaction(name, mode).objectStore(name);

function say(words, good) {
  const place = at("said");
  place.textContent = words;
  place.className = `count-said ${good ? "count-said-good" : "count-said-bad"}`;
}

function net(words, on) {
  const place = at("net");
  place.textContent = words;
  place.className = `count-net ${on ? "count-net-on" : "count-net-off"}`;
}

function waiting() { return [...counts.values()].filter((each) => !each.sent); }

/* A line's result: what the centre says, else what this phone has counted. */
function resultOf(item) {
  const own = byNumber.get(item[0]);
  return item[4] || (own ? own.result || "found" : "");
}

function draw() {
  const words = at("find").value.trim().toUpperCase();
  const left = at("left").checked;
  const done = list.items.filter((item) => ["found", "misplaced", "surplus"].includes(resultOf(item))).length;
  at("counted").textContent = done;
  at("waiting").textContent = waiting().length;
  const rows = list.items.filter((item) => !(left && resultOf(item)) && (!words || `${item[0]} ${item[1]} ${item[2]} ${item[3]}`.toUpperCase().includes(words)));
  const fragment = document.createDocumentFragment();
  rows.slice(0, shown).forEach((item) => {
    const line = document.createElement("li");
    const name = document.createElement("span");
    name.className = "count-name";
    name.textContent = item[1] || "台账里没有";
    const result = document.createElement("span");
    result.textContent = list.results[resultOf(item)] || "未盘";
    const where = document.createElement("span");
    where.className = "count-where";
    where.textContent = [item[0], item[2], item[3]].filter(Boolean).join("　");
    line.append(name, result, where);
    fragment.append(line);
  });
  if (!rows.length) {
    const line = document.createElement("li");
    line.textContent = left && !words ? "清单上的都盘到了。" : "没有找到。";
    fragment.append(line);
  }
  at("list-rows").replaceChildren(fragment);
  at("more").hidden = rows.length <= shown;
  const troubles = [...counts.values()].filter((each) => ["conflict", "unreadable", "lost"].includes(each.outcome));
  at("trouble").hidden = !troubles.length;
  at("troubles").replaceChildren(...troubles.map((each) => {
    const line = document.createElement("li");
    line.textContent = `${each.number || each.text}：${each.message}`;
    return line;
  }));
}

function take(found) {
  list = found;
  at("size").textContent = list.items.length;
}

async function readCounts() {
  counts = new Map();
  byNumber = new Map();
  const rows = await promised(store("counts").getAll());
  rows.sort((one, other) => (one.made_at < other.made_at ? -1 : 1));
  rows.forEach((each) => { counts.set(each.id, each); byNumber.set(each.number, each); });
}

async function refresh() {
  try {
    const answer = await fetch(room.dataset.list, { credentials: "same-origin", headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected) { throw new Error("no list"); }
    const found = await answer.json();
    if (found.user !== room.dataset.user) { throw new Error("another user"); }
    await promised(store("kept", "readwrite").put(found, "list"));
    take(found);
  } catch {
    const kept = await promised(store("kept").get("list"));
    if (kept) { take(kept); }
  }
  draw();
}

async function send() {
  if (sending) { return; }
  let rows = waiting();
  if (!rows.length) { return; }
  sending = true;
  let all = false;
  try {
    const token = await fetch(room.dataset.token, { credentials: "same-origin", cache: "no-store" });
    if (token.redirected || token.status === 401 || token.status === 403) {
      net(`登录已经过期：${rows.length} 件清点还在本机，请在新的标签页登录后再点“上传”。`, false);
      return;
    }
    const now = await token.json();
    if (now.user !== room.dataset.user) {
      net("现在登录的是另一个人，这里的清点要由本人登录后上传。", false);
      return;
    }
    /* What was counted while the last lot was on its way goes with the next. */
    for (; rows.length; rows = waiting()) {
      const some = rows.slice(0, SEND_AT_ONCE);
      const answer = await fetch(room.dataset.upload, {
        method: "POST", credentials: "same-origin",
        headers: { "Content-Type": "application/json", "X-CSRFToken": now.csrf },
        body: JSON.stringify({ counts: some.map(({ id, text, place, note, made_at }) => ({ id, text, place, note, made_at })) }),
      });
      if (!answer.ok) {
        const told = await answer.json().catch(() => ({}));
        net(`没有上传成（${answer.status}）：${told.detail || told.message || "请稍后再试"} 清点还在本机。`, false);
        return;
      }
      const found = (await answer.json()).counts;
      const into = store("counts", "readwrite");
      found.forEach((each) => {
        const row = { ...counts.get(each.id), sent: true, number: each.number || counts.get(each.id).number, outcome: each.outcome, result: each.result, message: each.message };
        counts.set(row.id, row);
        byNumber.set(row.number, row);
        into.put(row);
      });
      await new Promise((done, failed) => { into.transaction.oncomplete = done; into.transaction.onerror = failed; });
    }
    net("已连接，清点已经上传。", true);
    await refresh();
    all = true;
  } catch {
    net(`没有连接：${waiting().length} 件清点存在本机，连上后自动上传。`, false);
  } finally {
    sending = false;
    draw();
  }
  /* What was counted while the list came anew. */
  if (all && waiting().length) { send(); }
}

async function count(event) {
  event.preventDefault();
  const form = event.target;
  const text = form.elements.text.value.trim();
  const number = numberOf(text);
  if (!number) { say("这不是资产编号，也不是资产标签。", false); return; }
  const place = form.elements.place.value.trim();
  const note = form.elements.note.value.trim();
  const before = byNumber.get(number);
  if (before && before.place === place && before.note === note) {
    say(`${number} 您已经盘过了。`, false);
    form.elements.text.select();
    return;
  }
  const item = list.items.find((each) => each[0] === number);
  const elsewhere = item && place && item[2] && place !== item[2];
  const row = {
    id: newId(), text, number, place, note, made_at: new Date().toISOString(), sent: false, outcome: "", message: "",
    result: item ? (elsewhere ? "misplaced" : "found") : "surplus",
  };
  try {
    await promised(store("counts", "readwrite").put(row));
  } catch (error) {
    say("这台手机存不下了，请先上传再继续。", false);
    return;
  }
  counts.set(row.id, row);
  byNumber.set(number, row);
  say(item ? `${number} ${item[1]}${elsewhere ? "，地点不符" : "，已清点"}` : `${number} 不在清单上，上传后再核对`, Boolean(item));
  form.reset();
  form.elements.text.focus();
  draw();
  if (navigator.onLine) { send(); } else { net(`没有连接：${waiting().length} 件清点存在本机，连上后自动上传。`, false); }
}

async function clear() {
  const left = waiting().length;
  if (left && !window.confirm(`还有 ${left} 件没有上传，删去就没有了。确定要删去吗？`)) { return; }
  db.close();
  indexedDB.deleteDatabase(db.name);
  tellWorker({ forget: [location.pathname, room.dataset.list] });
  location.assign(room.dataset.scope);
}

async function tellWorker(wish) {
  if (!("serviceWorker" in navigator)) { return; }
  try {
    await navigator.serviceWorker.register(room.dataset.worker, { scope: room.dataset.scope });
    const ready = await navigator.serviceWorker.ready;
    const channel = new MessageChannel();
    await new Promise((done) => {
      channel.port1.onmessage = done;
      ready.active.postMessage(wish, [channel.port2]);
    });
    room.dataset.ready = "1";
  } catch { /* without a worker the page must stay open; counts are kept all the same */ }
}

function sources() {
  const found = [...document.querySelectorAll('link[rel="stylesheet"], link[rel="icon"]')].map((each) => each.href);
  found.push(...[...document.scripts].filter((each) => each.src).map((each) => each.src));
  found.push(...[...document.images].map((each) => each.src));
  return found.map((each) => new URL(each).pathname);
}

async function begin() {
  db = await open();
  await readCounts();
  at("panel").hidden = false;
  at("form").addEventListener("submit", count);
  at("send").addEventListener("click", () => (waiting().length ? send() : say("没有要上传的。", true)));
  at("refresh").addEventListener("click", refresh);
  at("clear").addEventListener("click", clear);
  at("find").addEventListener("input", () => { shown = STEP; draw(); });
  at("left").addEventListener("change", () => { shown = STEP; draw(); });
  at("more").addEventListener("click", () => { shown += STEP; draw(); });
  window.addEventListener("online", () => { net("已连接。", true); send(); });
  window.setInterval(() => { if (navigator.onLine) { send(); } }, RETRY);
  window.addEventListener("offline", () => net("没有连接：清点存在本机，连上后自动上传。", false));
  net(navigator.onLine ? "已连接，清点随时上传；没有信号也能接着盘。" : "没有连接：清点存在本机，连上后自动上传。", navigator.onLine);
  if (navigator.storage && navigator.storage.persist) { navigator.storage.persist(); }
  await refresh();
  room.dataset.listed = "1";
  send();
  tellWorker({ keep: [location.pathname, room.dataset.list, ...sources()] });
  document.getElementById("id_text").focus();
}

begin().catch(() => net("这个浏览器不能保存清点，请一件一件在线登记。", false));
