/* Typing that keeps itself, and totals as one types. The form works without it. */
(function () {
  "use strict";
  var form = document.querySelector("[data-order-keep]");
  if (!form) { return; }
  var status = form.querySelector("[data-status]");
  var timer = 0, dirty = false;

  function keep() {
    dirty = false;
    fetch(form.dataset.orderKeep, { method: "POST", body: new URLSearchParams(new FormData(form)), credentials: "same-origin" })
      .then(function (answer) { return answer.json(); })
      .then(function (said) { status.textContent = said.at ? "已自动保存 " + said.at : said.detail || ""; })
      .catch(function () { dirty = true; status.textContent = "连接中断，还没有自动保存"; });
  }

  function number(name, row) {
    var field = form.elements[name + "-" + row];
    var value = field && field.value.trim() !== "" ? Number(field.value) : NaN;
    return isFinite(value) ? value : null;
  }

  function sum() {
    var rows = Number(form.elements.rows.value);
    ["amount", "packages", "net_weight", "gross_weight"].forEach(function (name) {
      var total = 0;
      for (var row = 1; row <= rows; row += 1) {
        var value = number(name, row);
        if (name === "amount" && value === null) {
          value = Math.round((number("quantity", row) || 0) * (number("price", row) || 0) * 100) / 100;
        }
        total += value || 0;
      }
      form.querySelector('[data-sum="' + name + '"]').textContent =
        total.toLocaleString("en-US", name === "amount" ? { minimumFractionDigits: 2, maximumFractionDigits: 2 } : { maximumFractionDigits: 5 });
    });
  }

  form.addEventListener("input", function () {
    dirty = true;
    sum();
    window.clearTimeout(timer);
    timer = window.setTimeout(function () { if (dirty) { keep(); } }, Number(form.dataset.seconds) * 1000);
  });
  form.addEventListener("submit", function () { dirty = false; window.clearTimeout(timer); });
}());
