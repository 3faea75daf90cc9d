/** Whether a Content-Type is the media type that is expected, in UTF-8, which JSON is in. */
export function isMediaType(contentType: string | null, expected: string): boolean {
  if (contentType === expected) return true;
  const [type, ...parameters] = (contentType ?? "").toLowerCase().split(";");
  return (
    type?.trim() === expected &&
    parameters.every((parameter) => {
      const [name, value = ""] = parameter.split("=");
      return name?.trim() !== "charset" || /^\s*"?utf-?8"?\s*$/.test(value);
    })
  );
}
