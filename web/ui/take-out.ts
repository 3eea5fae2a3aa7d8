/** What people take out of the app: text on the clipboard, files among their downloads. */

/** A browser has taken the bytes by then; before, a revoked address would be an empty file. */
const downloadMs = 60_000;

/** Has the browser download a file under that name. */
export function download(file: Blob, name: string): void {
	const link = document.createElement("a");
	link.href = URL.createObjectURL(file);
	link.download = name;
	link.click();
	setTimeout(() => URL.revokeObjectURL(link.href), downloadMs);
}

/**
 * Puts text on the clipboard, also over plain http, where the browser gives no clipboard API. True
 * where it worked. `field` holds the text and is selected for a moment where nothing else helps.
 */
export async function copyText(text: string, field: HTMLInputElement): Promise<boolean> {
	try {
		await navigator.clipboard.writeText(text);
		return true;
	} catch {
		// No secure context, or not allowed: the old way needs a selection.
		const { activeElement } = document;
		field.focus();
		field.select();
		const isDone = document.execCommand("copy");
		if (activeElement instanceof HTMLElement) activeElement.focus();
		return isDone;
	}
}
