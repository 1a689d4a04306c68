import { parentPath } from '#shared/base/json-places.ts';

/**
 * Gives the focus to the field of a path, or to the nearest one around it, and opens what hides it.
 * False where the form has none.
 */
export function focusField(form: HTMLElement, path: string): boolean {
  for (let at = path; at !== ''; at = parentPath(at)) {
    const field = form.querySelector<HTMLElement>(`[data-path="${CSS.escape(at)}"]`);
    const control = field?.querySelector<HTMLElement>('input, select, textarea, button');
    if (field === null || control === undefined || control === null) continue;
    for (
      let one = field.closest('details');
      one !== null;
      one = one.parentElement?.closest('details') ?? null
    )
      one.open = true;
    control.focus();
    field.scrollIntoView({ block: 'center' });
    return true;
  }
  return false;
}
