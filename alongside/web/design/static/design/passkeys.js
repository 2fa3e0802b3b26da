// Passkeys: the browser asks the device, the answer goes into the form and the form to the server like any other.

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.addEventListener("submit", async (event) => {
    if (form.elements.credential.value) return;
    event.preventDefault();
    const trouble = form.querySelector("[data-passkey-trouble]");
    trouble.textContent = "";
    try {
      form.elements.credential.value = JSON.stringify(await (form.dataset.passkey === "make" ? make(form) : ask(form)));
    } catch (problem) {
      trouble.textContent = problem.name === "NotAllowedError" ? "Nothing was chosen in time, or it was cancelled. Try again." : "This device or browser cannot use a passkey here.";
      return;
    }
    form.submit();
  });
}

async function ask(form) {
  const { publicKey } = form.dataset.options ? JSON.parse(form.dataset.options) : await optionsFrom(form.dataset.optionsFrom);
  return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
}

async function make(form) {
  const { publicKey } = JSON.parse(form.dataset.options);
  if (form.elements.passwordless?.checked) {
    publicKey.authenticatorSelection = { ...publicKey.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required" };
  }
  return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) });
}

async function optionsFrom(address) {
  const answer = await fetch(address, { headers: { "X-Requested-With": "XMLHttpRequest", Accept: "application/json" } });
  return (await answer.json()).request_options;
}
