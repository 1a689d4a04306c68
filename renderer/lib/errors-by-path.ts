/** Messages of a check by the path of the field that they belong to; the first of each path counts. */
export function errorsByPath(
  errors: readonly { readonly path: string; readonly message: string }[],
): Readonly<Record<string, string>> {
  const result: Record<string, string> = {};
  for (const { path, message } of errors) result[path] ??= asSentence(message);
  return result;
}

/** What a schema says stands behind the name of a field elsewhere; below a field it is a sentence. */
function asSentence(message: string): string {
  const text = message.replace(/^is (?=missing\b)/, '');
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.?!]$/.test(begun) ? begun : `${begun}.`;
}
