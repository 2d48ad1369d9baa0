/* The editor of a project table: keeps what is typed on the server every few seconds, and in this browser while the
   connection is lost. Enter and the arrows move from cell to cell. Without this script the form saves as any form does. */
(function () {
  "use strict";

  var dirty = false, busy = false, timer = null, changes = 0;

  function box() { return document.querySelector("[data-editing]"); }
  function form() { return box() && box().querySelector("form[hx-post]"); }

  function packed() {
    var body = new URLSearchParams();
    new FormData(form()).forEach(function (value, name) {
      if (name !== "csrfmiddlewaretoken") { body.append(name, String(value)); }
    });
    return body.toString();
  }
  function cells(body) { return body.replace(/(^|&)base=\d+/, ""); }
  function base(body) { return new URLSearchParams(body).get("base"); }

  function token() {
    var found = form().querySelector('[name="csrfmiddlewaretoken"]');
    return found ? found.value : "";
  }

  function copy() {
    try { return JSON.parse(window.localStorage.getItem(box().dataset.copy) || "null"); } catch (error) { return null; }
  }
  function keepCopy(submitted) {
    try {
      window.localStorage.setItem(box().dataset.copy, JSON.stringify({ body: packed(), submitted: Boolean(submitted) }));
      return true;
    } catch (error) { return false; }
  }
  function dropCopy() {
    try { window.localStorage.removeItem(box().dataset.copy); } catch (error) { /* no storage, no copy */ }
  }

  function say(text, lost) {
    var place = box() && box().querySelector("[data-status]");
    if (!place) { return; }
    place.textContent = text;
    place.classList.toggle("edit-status-lost", Boolean(lost));
  }

  function others(names) {
    var place = box().querySelector("[data-others]");
    place.hidden = !names.length;
    place.querySelector("[data-others-names]").textContent = names.join("、");
  }

  function send(body) {
    return window.fetch(box().dataset.keep, {
      method: "POST",
      headers: { "Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": token(), "Accept": "application/json" },
      body: body,
      credentials: "same-origin",
      redirect: "error"
    });
  }

  function lost() {
    say(keepCopy() ? "连接中断，已存在本机" : "连接中断，本机也存不下，请不要关闭本页", true);
    again(5000);
  }

  function keep() {
    if (!dirty || busy || !form()) { return; }
    var seen = changes;
    busy = true;
    send(packed()).then(function (answer) {
      return answer.json().then(function (said) { return { ok: answer.ok, status: answer.status, said: said }; });
    }).then(function (got) {
      busy = false;
      if (!got.ok) {
        keepCopy();
        say((got.said.detail || "没有存下") + "（内容已存在本机）", true);
        if (got.status >= 500) { again(5000); }
        return;
      }
      others(got.said.others);
      if (seen === changes) { dirty = false; dropCopy(); } else { again(); }
      say(got.said.stale ? "已保存 " + got.said.at + "；别人已经存过这张表，保存时请逐格核对" : "已保存 " + got.said.at, got.said.stale);
    }).catch(function () { busy = false; lost(); });
  }

  function again(wait) {
    window.clearTimeout(timer);
    timer = window.setTimeout(keep, wait || Number(box().dataset.seconds || 4) * 1000);
  }

  document.addEventListener("input", function (event) {
    if (!form() || !form().contains(event.target)) { return; }
    changes += 1;
    if (!dirty) { dirty = true; say("有改动，还没有保存", false); again(); }
    keepCopy();
  });
  document.addEventListener("focusout", function (event) {
    if (form() && form().contains(event.target) && dirty) { keep(); }
  });
  window.addEventListener("online", function () { if (box() && dirty) { keep(); } });
  window.addEventListener("offline", function () { if (box() && dirty) { lost(); } });
  document.addEventListener("visibilitychange", function () { if (document.hidden && box() && dirty) { keep(); } });

  // The page says in its own line that the connection is lost: no toast for each keystroke beside it.
  document.body.addEventListener("htmx:sendError", function (event) {
    if (!box() || !box().contains(event.target)) { return; }
    event.stopPropagation();
    if (dirty) { keepCopy(); }
    say("连接中断，已存在本机", true);
  });
  document.body.addEventListener("htmx:afterSwap", function (event) {
    // A row was added, moved or taken away: the server has kept the form as it stands now.
    if (event.detail.target && event.detail.target.id === "edit-form") { dirty = false; dropCopy(); say("已保存为草稿", false); }
  });
  document.addEventListener("submit", function (event) {
    if (form() && event.target === form()) { keepCopy(true); dirty = false; window.clearTimeout(timer); }
  });

  function move(cell, step) {
    var column = Array.prototype.slice.call(form().querySelectorAll('[data-col="' + cell.dataset.col + '"]'));
    var next = column[column.indexOf(cell) + step];
    if (next) { next.focus(); next.select(); }
    return Boolean(next);
  }
  document.addEventListener("keydown", function (event) {
    var cell = event.target;
    if (!form() || !form().contains(cell) || event.isComposing || !cell.classList.contains("cell")) { return; }
    if (event.key === "Enter" && !event.shiftKey && !event.ctrlKey) {
      // Enter would press the first button of the form.
      event.preventDefault();
      if (cell.dataset.col) { move(cell, 1); }
    } else if (cell.dataset.col && cell.selectionStart === cell.selectionEnd) {
      if (event.key === "ArrowDown" && cell.value.indexOf("\n", cell.selectionEnd) < 0 && cell.selectionEnd === cell.value.length && move(cell, 1)) { event.preventDefault(); }
      if (event.key === "ArrowUp" && cell.selectionStart === 0 && move(cell, -1)) { event.preventDefault(); }
    }
  });

  var kept = box() ? copy() : null;
  // It was sent to be saved and the table has moved on since: it arrived.
  if (kept && kept.submitted && form() && base(kept.body) !== base(packed())) { dropCopy(); kept = null; }
  if (kept && form() && cells(kept.body) !== cells(packed())) {
    var offer = box().querySelector("[data-restore]");
    offer.hidden = false;
    offer.querySelector("[data-restore-yes]").addEventListener("click", function () {
      send(kept.body).then(function (answer) {
        if (!answer.ok) { return answer.json().then(function (said) { say(said.detail || "没有恢复", true); }); }
        dropCopy();
        window.location.reload();
        return null;
      }).catch(function () { say("连接中断，本机的草稿还在，请稍后再恢复", true); });
    });
    offer.querySelector("[data-restore-no]").addEventListener("click", function () { dropCopy(); offer.hidden = true; });
  } else if (kept) { dropCopy(); }
}());
