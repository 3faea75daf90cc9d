import type { Api, Operation } from "@thingspace-callbacks/contract";
import { csharp } from "./csharp.ts";
import { curl } from "./curl.ts";
import { go } from "./go.ts";
import { java } from "./java.ts";
import { php } from "./php.ts";
import { python } from "./python.ts";
import { messageRequest, sampleRequest } from "./request.ts";
import { ruby } from "./ruby.ts";
import { typescript, typescriptFetch, typescriptListener } from "./typescript.ts";

/** A member of `x-codeSamples`. */
export interface Sample {
  lang: string;
  label: string;
  source: string;
}

/** The languages in the order in which pages show them. */
export const languages = [
  { lang: "typescript", label: "TypeScript" },
  { lang: "shell", label: "curl" },
  { lang: "python", label: "Python" },
  { lang: "java", label: "Java" },
  { lang: "go", label: "Go" },
  { lang: "csharp", label: "C#" },
  { lang: "php", label: "PHP" },
  { lang: "ruby", label: "Ruby" },
] as const;

type Label = (typeof languages)[number]["label"];

/** Returns the samples of an operation or a message in each language, generated from its examples. */
export function samplesOf(api: Api, operation: Operation): Sample[] {
  const { message } = api;
  const sources: Partial<Record<Label, string>> =
    message && operation === message
      ? { TypeScript: typescriptListener(message), curl: curl(messageRequest(operation)) }
      : callSources(api, operation);
  return languages.flatMap((language) => {
    const source = sources[language.label];
    return source === undefined ? [] : { ...language, source };
  });
}

function callSources(api: Api, operation: Operation): Partial<Record<Label, string>> {
  const request = sampleRequest(api, operation);
  const inClient = api.servers.production !== undefined;
  return {
    TypeScript: inClient ? typescript(operation, request) : typescriptFetch(request),
    curl: curl(request),
    Python: python(request),
    Java: java(operation.operationId, request),
    Go: go(request),
    "C#": csharp(request),
    PHP: php(request),
    Ruby: ruby(request),
  };
}
