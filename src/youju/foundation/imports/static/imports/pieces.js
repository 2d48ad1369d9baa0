/* Sends a file in pieces and goes on after a lost connection. Without this script the form sends the file as a whole. */
(function () {
  "use strict";
  const form = document.querySelector("form[data-pieces]");
  if (!form || !window.crypto || !crypto.subtle) return;
  const state = form.querySelector("[data-pieces-state]");
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const size = Number(form.dataset.pieceBytes);
  const wait = (ms) => new Promise((go) => setTimeout(go, ms));

  async function ask(method, url, body, headers) {
    for (let pause = 1000; ; pause = Math.min(pause * 2, 15000)) {
      try {
        const answer = await fetch(url, { method, body, headers: { "X-CSRFToken": token, Accept: "application/json", ...headers } });
        const told = await answer.json();
        if (answer.ok || answer.status < 500) return { ok: answer.ok, status: answer.status, told };
      } catch (error) {
        /* No connection: say so and try again; what has arrived stays. */
      }
      state.textContent = "连接中断，正在重试……";
      await wait(pause);
    }
  }

  form.addEventListener("submit", async (event) => {
    const file = form.querySelector("input[type=file]").files[0];
    const again = form.querySelector("[name=again]");
    if (!file || file.size <= size || (again && again.checked)) return;
    event.preventDefault();
    const begun = await ask("POST", form.dataset.pieces, JSON.stringify({ name: file.name, size: file.size }), { "Content-Type": "application/json" });
    if (!begun.ok) { state.textContent = begun.told.detail || "不能上传。"; return; }
    let at = 0;
    while (at < file.size) {
      const sent = await ask("PUT", begun.told.put, file.slice(at, at + size), { "Upload-Offset": String(at), "Content-Type": "application/octet-stream" });
      if (sent.ok) { at = sent.told.received; }
      else if (sent.status === 409) { at = (await ask("GET", begun.told.put)).told.received; }
      else { state.textContent = sent.told.detail || "上传失败。"; return; }
      state.textContent = "已上传 " + Math.floor((at / file.size) * 100) + "%";
    }
    const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
    const sha256 = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
    const done = await ask("POST", begun.told.finish, JSON.stringify({ sha256 }), { "Content-Type": "application/json" });
    if (done.ok) location.href = done.told.page; else state.textContent = done.told.detail || "上传失败。";
  });
})();
