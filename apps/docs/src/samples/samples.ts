import type { Api, Operation } from "@thingspace-callbacks/spec";
import { csharp } from "./csharp.ts";
import { curl } from "./curl.ts";
import { python } from "./python.ts";
import { messageRequest, sampleRequest } from "./request.ts";
import { ruby } from "./ruby.ts";
import { typescript, typescriptFetch } from "./typescript.ts";

/** A member of `x-codeSamples`. */
export interface Sample {
  lang: string;
  label: string;
  source: string;
}

/** How an operation is called in each language, and how a message is tried out on a listener; made from their examples. */
export function samplesOf(name: string, api: Api, operation: Operation): Sample[] {
  if (api.webhooks.includes(operation)) {
    return [{ lang: "shell", label: "curl", source: curl(messageRequest(operation)) }];
  }
  const request = sampleRequest(api, operation);
  const inClient = api.servers.production !== undefined;
  return [
    {
      lang: "typescript",
      label: "TypeScript",
      source: inClient ? typescript(name, operation, request) : typescriptFetch(request),
    },
    { lang: "shell", label: "curl", source: curl(request) },
    { lang: "python", label: "Python", source: python(request) },
    { lang: "csharp", label: "C#", source: csharp(request) },
    { lang: "ruby", label: "Ruby", source: ruby(request) },
  ];
}
