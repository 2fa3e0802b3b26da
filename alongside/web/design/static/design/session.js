// What this page knows of its session: when it ends unless something happens, and how to ask the server.

let endsAt = Infinity;
const listeners = [];

export const timeLeft = () => endsAt - Date.now();

export function whenExtended(listener) {
  listeners.push(listener);
}

export function endsIn(seconds) {
  endsAt = Date.now() + seconds * 1000;
  for (const listener of listeners) listener();
}

export function stopCounting() {
  endsAt = Infinity;
}

// The server has just answered a request of ours, so its clock for us started again.
export function noteActivity() {
  const { sessionEndsIn } = document.body.dataset;
  if (sessionEndsIn) endsIn(Number(sessionEndsIn));
}

// Ask the server whether we are signed in (perhaps again, in another tab), and take the form key that belongs to it.
export async function refreshSession() {
  const answer = await fetch(document.body.dataset.stillHere, { headers: { Accept: "application/json" }, redirect: "error" }).catch(() => null);
  if (!answer?.ok) return false;
  const { ends_in: seconds, csrf } = await answer.json();
  for (const key of document.querySelectorAll("[name=csrfmiddlewaretoken]")) key.value = csrf;
  endsIn(seconds);
  return true;
}
