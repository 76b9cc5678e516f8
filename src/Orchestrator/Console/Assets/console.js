"use strict";
window.sagaConsole = {
  open: dialog => {
    dialog.showModal();
    (dialog.querySelector(":is(input, textarea):invalid") ?? dialog.querySelector("button")).focus();
  },
  text: field => new TextEncoder().encode(field.value),
  // A browser that keeps nothing asks again.
  operator: () => { try { return localStorage.getItem("saga-console-operator"); } catch { return null; } },
  keepOperator: name => { try { localStorage.setItem("saga-console-operator", name); } catch { return; } },
};

document.addEventListener("keydown", event => {
  const isTyping = event.target.closest?.("input, textarea, select, dialog");
  if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    document.getElementById("search").focus();
  }
});

// An address says what is filtered by, and no more.
document.addEventListener("submit", event => {
  if (event.target.method === "get") {
    for (const field of event.target.elements) {
      if (field.name && !field.value) { field.disabled = true; }
    }
  }
});

// Come back by the Back button: the fields that were left out can be filled in again.
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[method=get] :disabled").forEach(field => { field.disabled = false; });
});

// The server has forgotten this page: it was started anew.
const lost = document.getElementById("components-reconnect-modal");
lost.addEventListener("components-reconnect-state-changed", event => {
  if (event.detail.state === "rejected") { location.reload(); }
});
