/* Arrow keys through what was found, and typing that keeps itself. Every page works without it. */
(function () {
  "use strict";

  // ↓ and ↑ move between the field and the hits, Escape goes back to the field.
  document.addEventListener("keydown", function (event) {
    var form = event.target.closest && event.target.closest("[data-hits]");
    var hit = event.target.closest && event.target.closest("[data-hit]");
    var box = form ? form.querySelector(form.dataset.hits) || document.querySelector(form.dataset.hits)
      : hit && hit.closest("#tariff-hits, #code-hits");
    if (!box || event.isComposing) { return; }
    var field = document.querySelector("#id_hs_code, #id_q");
    if (event.target !== field && !hit) { return; }
    var hits = Array.prototype.slice.call(box.querySelectorAll("[data-hit]"));
    var place = hits.indexOf(hit);
    if (event.key === "ArrowDown" && hits[place + 1]) { event.preventDefault(); hits[place + 1].focus(); }
    if (event.key === "ArrowUp" && hit) { event.preventDefault(); (hits[place - 1] || field).focus(); }
    if (event.key === "Escape" && hit) { event.preventDefault(); field.focus(); }
    // Enter in the code's field looks the code up; it must not save a form that is half filled in.
    if (event.key === "Enter" && event.target === field && form && form.dataset.keep) {
      event.preventDefault();
      if (hits[0]) { hits[0].click(); } else { form.querySelector('[value="find"]').click(); }
    }
  });

  var form = document.querySelector("[data-keep]");
  if (!form) { return; }
  var status = form.querySelector("[data-status]");
  var timer = 0, dirty = false;

  function keep() {
    dirty = false;
    var body = new FormData(form);
    ["picture", "authorisation"].forEach(function (name) { body.delete(name); });
    fetch(form.dataset.keep, { method: "POST", body: new URLSearchParams(body), credentials: "same-origin" })
      .then(function (answer) { return answer.json(); })
      .then(function (said) { status.textContent = said.at ? "已自动保存 " + said.at : said.detail || ""; })
      .catch(function () { dirty = true; status.textContent = "连接中断，还没有自动保存"; });
  }

  form.addEventListener("input", function () {
    dirty = true;
    window.clearTimeout(timer);
    timer = window.setTimeout(function () { if (dirty) { keep(); } }, Number(form.dataset.seconds) * 1000);
  });
  form.addEventListener("submit", function () { dirty = false; window.clearTimeout(timer); });
  // A whole code typed by hand brings its elements at once.
  form.addEventListener("change", function (event) {
    if (event.target.id !== "id_hs_code" || !/^\d{10}$/.test(event.target.value)) { return; }
    document.getElementById("good-elements").dispatchEvent(new Event("code-given"));
  });
}());
