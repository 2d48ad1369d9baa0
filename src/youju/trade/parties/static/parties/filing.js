/* The form of a filing keeps itself on the server every few seconds. Nothing is kept in this browser: the form holds identity
   numbers, and a phone is lent. Without this script the form saves with each step, as any form does. */
(function () {
  "use strict";

  var form = document.querySelector("form[data-filing]");
  if (!form) { return; }
  var status = form.querySelector("[data-status]");
  var base = form.querySelector('[name="base"]');
  var token = form.querySelector('[name="csrfmiddlewaretoken"]').value;
  var pause = Number(form.dataset.seconds || 4) * 1000;
  var changes = 0, kept = 0, busy = false, stopped = false, timer = null;

  function say(text, lost) {
    status.textContent = text;
    status.classList.toggle("filing-status-lost", Boolean(lost));
  }

  function packed() {
    var body = new URLSearchParams();
    new FormData(form).forEach(function (value, name) {
      if (name !== "csrfmiddlewaretoken") { body.append(name, String(value)); }
    });
    return body.toString();
  }

  function again(wait) {
    window.clearTimeout(timer);
    timer = window.setTimeout(keep, wait || pause);
  }

  function keep() {
    if (busy || stopped || kept === changes) { return; }
    var seen = changes;
    busy = true;
    window.fetch(form.dataset.keep, {
      method: "POST",
      headers: { "Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": token, "Accept": "application/json" },
      body: packed(),
      credentials: "same-origin",
      redirect: "error"
    }).then(function (answer) {
      return answer.json().then(function (said) { return { ok: answer.ok, status: answer.status, said: said }; });
    }).then(function (got) {
      busy = false;
      if (!got.ok) {
        say(got.said.detail || "没有存下", true);
        if (got.status >= 500) { again(); } else { stopped = true; }
        return;
      }
      base.value = got.said.version;
      // Other forms of the page (signing off) act on what was just kept here.
      document.querySelectorAll("[data-kept-base]").forEach(function (other) { other.value = got.said.version; });
      kept = seen;
      say("已保存 " + got.said.at, false);
      if (kept !== changes) { again(); }
    }).catch(function () {
      busy = false;
      say("连接中断，恢复后自动保存，请不要关闭本页", true);
      again();
    });
  }

  form.addEventListener("input", function () {
    changes += 1;
    if (!stopped) { say("有改动，还没有保存", false); again(); }
  });
  form.addEventListener("focusout", function () { if (kept !== changes) { again(300); } });
  form.addEventListener("submit", function (event) {
    window.clearTimeout(timer);
    if (!busy) { stopped = true; return; }
    // A save is on its way and will change the version that this form carries: go on when it has arrived.
    event.preventDefault();
    var pressed = event.submitter;
    window.setTimeout(function () { form.requestSubmit(pressed); }, 150);
  });
  window.addEventListener("online", function () { keep(); });
  document.addEventListener("visibilitychange", function () { if (document.hidden) { keep(); } });
}());
