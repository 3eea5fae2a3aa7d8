/** The only two ways in which something gets into an SVG of ours: as a number, or escaped. */

const escapes: Readonly<Record<string, string>> = {
	"&": "&amp;",
	"<": "&lt;",
	">": "&gt;",
	'"': "&quot;",
	"'": "&#39;",
};

/** Text for XML or HTML, in an element or in quotes; letters that XML has not (1.0, 2.2) go. */
export function escapeXml(text: string): string {
	return (
		text
			.replace(/[\ud800-\udfff]/gu, "") // Halves of a pair: with `u` whole ones do not match.
			// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it drops.
			.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
			.replace(/[&<>"']/g, (letter) => escapes[letter] ?? "")
	);
}

/** The text that `escapeXml` made safe. */
export function unescapeXml(text: string): string {
	const letters = Object.entries(escapes);
	return text.replace(
		/&(?:amp|lt|gt|quot|#39);/g,
		(name) => letters.find(([, escaped]) => escaped === name)?.[0] ?? name,
	);
}

/** A number in as few letters as a hundredth of a unit takes. @throws RangeError for no number */
export function numberText(value: number): string {
	if (!Number.isFinite(value)) throw new RangeError("no number");
	return String(Math.round(value * 100) / 100 + 0);
}
