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
    close.setAttribute("aria-label", chinese ? "关闭" : "Close");
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

  /* A form that is on its way goes once, and says so where the answer takes more than a moment. htmx tells of its own. */
  var chinese = document.documentElement.lang.indexOf("zh") === 0, bar = null, timer = 0;
  var AGAIN = 3000, MOMENT = 700, LONGEST = 60000;
  /* Asked of the attribute: a field of the form may be called "method". */
  function posts(form) { return (form.getAttribute("method") || "").toLowerCase() === "post"; }
  function arrived() {
    window.clearTimeout(timer);
    if (bar) { bar.remove(); bar = null; }
  }
  function underWay() {
    arrived();
    timer = window.setTimeout(function () {
      bar = document.createElement("div");
      bar.className = "waiting";
      bar.setAttribute("role", "status");
      var words = document.createElement("span");
      words.textContent = chinese ? "正在办理，请稍候……" : "Working on it …";
      bar.append(words);
      document.body.append(bar);
      /* What was answered with a file leaves the page where it is. */
      timer = window.setTimeout(arrived, LONGEST);
    }, MOMENT);
  }
  document.addEventListener("submit", function (event) {
    var form = event.target, own = form.closest("[hx-post], [hx-get], [hx-put], [hx-delete]");
    if (event.defaultPrevented || own || !posts(form) || form.getAttribute("target") === "_blank") { return; }
    /* Another button of the form is another wish. */
    if (form.sentAt && form.sentBy === event.submitter && Date.now() - form.sentAt < AGAIN) { event.preventDefault(); return; }
    form.sentAt = Date.now();
    form.sentBy = event.submitter;
    underWay();
  });
  window.addEventListener("pageshow", function () {
    arrived();
    [].forEach.call(document.forms, function (form) { form.sentAt = 0; });
  });

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
