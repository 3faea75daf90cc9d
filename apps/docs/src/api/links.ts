import type { DeclarationReflection, Reflection } from "typedoc";

/** A place in the site that describes an export. */
export interface Place {
  name: string;
  href: string;
}

/** Finds where the site describes the exports of a package. */
export class Links {
  readonly #byId = new Map<number, Place>();
  readonly #byName = new Map<string, Place>();

  /** Adds the place of an export. The first export of a name wins: entry points beside the main one repeat some names. */
  add(reflection: DeclarationReflection, href: string): void {
    const place = { name: reflection.name, href };
    this.#byId.set(reflection.id, place);
    if (!this.#byName.has(reflection.name)) this.#byName.set(reflection.name, place);
  }

  /** Returns the place of an export, or of the export that a member belongs to. */
  find(reflection: Reflection | undefined): Place | undefined {
    return reflection && (this.#byId.get(reflection.id) ?? this.find(reflection.parent));
  }

  /** Returns a type or signature as HTML, in which the names of exports are links. */
  toCode(text: string): string {
    const parts = splitNames(text).map((part) => {
      const place = this.#byName.get(part);
      return place ? `<a href="${place.href}">${part}</a>` : escapeHtml(part);
    });
    return `<code>${parts.join("")}</code>`;
  }

  /** Returns links to the exports that a type or signature names, except one. */
  toSentence(text: string, except: string): string {
    const names = new Set(splitNames(text).filter((part) => part !== except && this.#byName.has(part)));
    const links = [...names].map((name) => `[\`${name}\`](${this.#byName.get(name)?.href})`);
    return links.length > 0 ? `See ${links.join(", ")}.` : "";
  }
}

/** Splits a text into names, which can be those of exports, and what is between them. Texts in quotes are not names. */
const splitNames = (text: string) => text.split(/("[^"]*"|(?<![\w.])[A-Z]\w+)/);

const escapeHtml = (text: string) =>
  text.replace(/[&<>"{}|*_`\\]/g, (character) => `&#${character.charCodeAt(0)};`);
