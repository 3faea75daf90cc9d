/** Gives Redoc the color scheme of the site, now and whenever the reader changes it. */
export function followTheme(): void {
  const { documentElement } = document;
  const apply = () => {
    const scheme = documentElement.dataset["theme"] === "light" ? "light" : "dark";
    try {
      // Redoc reads its scheme from here when it starts.
      localStorage.setItem("redoc.colorMode", scheme);
    } catch {
      // The browser keeps nothing. Redoc then starts with the scheme of its own.
    }
    const other = scheme === "light" ? "dark" : "light";
    if (documentElement.classList.contains(scheme) && !documentElement.classList.contains(other)) return;
    documentElement.classList.remove(other);
    documentElement.classList.add(scheme);
  };
  apply();
  // Redoc sets the class too; the site's choice wins.
  new MutationObserver(apply).observe(documentElement, { attributeFilter: ["data-theme", "class"] });
}
