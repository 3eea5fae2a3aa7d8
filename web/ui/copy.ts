/** Puts text on the clipboard, also over plain http, where the browser gives no clipboard API. */

/** True where it worked. `field` holds the text and is selected where nothing else helps. */
export async function copyText(text: string, field: HTMLInputElement): Promise<boolean> {
	try {
		await navigator.clipboard.writeText(text);
		return true;
	} catch {
		// No secure context, or not allowed: the old way needs a selection.
		field.focus();
		field.select();
		return document.execCommand("copy");
	}
}
