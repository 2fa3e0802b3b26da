// Leave at once: this page is replaced by a harmless one, so that Back does not lead here; the session ends behind it.
// Without script the link does the same through the server.

export function prepareQuickExit() {
  const link = document.querySelector("[data-quick-exit]");
  if (!link) return;
  const leave = () => {
    document.documentElement.hidden = true;
    document.title = "Weather";
    fetch(link.href, { redirect: "manual", keepalive: true });
    window.location.replace(link.dataset.quickExit);
  };
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  let presses = [];
  document.addEventListener("keyup", (event) => {
    presses = event.key === "Shift" ? [...presses.filter((moment) => event.timeStamp - moment < 3000), event.timeStamp] : [];
    if (presses.length === 3) leave();
  });
}
