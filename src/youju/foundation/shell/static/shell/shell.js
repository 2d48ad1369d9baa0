/* What a page does beyond HTML: CSRF for htmx, toasts, dropped files, menus that close. Every page works without it. */
(function () {
  "use strict";
  document.documentElement.classList.add("has-script");

  function meta(name) {
    var found = document.querySelector('meta[name="' + name + '"]');
    return found ? found.content : "";
  }

  function toast(text, tone) {
    var room = document.getElementById("toasts");
    if (!room || !text) { return; }
    var card = document.createElement("div");
    card.className = "toast" + (tone === "error" ? " toast-error" : "");
    if (tone === "error") { card.setAttribute("role", "alert"); }
    var words = document.createElement("span");
    words.textContent = text;
    var close = document.createElement("button");
    close.type = "button";
    close.textContent = "✕";
    close.setAttribute("aria-label", document.documentElement.lang.indexOf("zh") === 0 ? "关闭" : "Close");
    close.addEventListener("click", function () { card.remove(); });
    card.append(words, close);
    room.append(card);
    if (tone !== "error") { window.setTimeout(function () { card.remove(); }, 8000); }
  }

  document.addEventListener("htmx:configRequest", function (event) {
    if (event.detail.verb !== "get") { event.detail.headers["X-CSRFToken"] = meta("csrf-token"); }
  });
  document.addEventListener("shell:toast", function (event) {
    [].concat(event.detail.value || event.detail).forEach(function (one) { toast(one.text, one.tone); });
  });
  document.addEventListener("htmx:responseError", function (event) {
    var header = event.detail.xhr.getResponseHeader("HX-Trigger") || "";
    if (header.indexOf("shell:toast") < 0) { toast("没有办成（" + event.detail.xhr.status + "），请刷新本页后再试。", "error"); }
  });
  document.addEventListener("htmx:sendError", function () { toast("连不上服务，请检查网络后再试。", "error"); });

  document.querySelectorAll("[data-drop]").forEach(function (place) {
    var input = place.querySelector('input[type="file"]');
    if (!input) { return; }
    ["dragenter", "dragover"].forEach(function (name) {
      place.addEventListener(name, function (event) { event.preventDefault(); place.classList.add("drop-over"); });
    });
    ["dragleave", "drop"].forEach(function (name) {
      place.addEventListener(name, function () { place.classList.remove("drop-over"); });
    });
    place.addEventListener("drop", function (event) {
      event.preventDefault();
      if (event.dataTransfer.files.length) {
        input.files = event.dataTransfer.files;
        input.dispatchEvent(new Event("change", { bubbles: true }));
      }
    });
  });

  document.addEventListener("click", function (event) {
    document.querySelectorAll("details.menu[open], details.tip[open]").forEach(function (menu) {
      if (!menu.contains(event.target)) { menu.open = false; }
    });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") { return; }
    document.querySelectorAll("details.menu[open], details.tip[open]").forEach(function (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });

  var refused = document.querySelector(".error-summary");
  if (refused && !refused.closest(".example")) { refused.focus(); }
}());
