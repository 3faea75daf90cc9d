/** Returns which of the sections with these ids is being read: it begins in the upper third of the window, or above. */
export function currentSection(ids: string[]): number | undefined {
  const begun = ids.findLastIndex((id) => {
    const element = document.getElementById(id);
    return element !== null && element.getBoundingClientRect().top <= innerHeight / 3;
  });
  return begun === -1 ? undefined : begun;
}

/** Scrolls to the beginning of a section. */
export function scrollToSection(id: string | undefined): void {
  document.getElementById(id ?? "")?.scrollIntoView({ behavior: "instant", block: "start" });
}
