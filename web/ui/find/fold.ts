/** How words are compared where somebody looks for them (Unicode: case folding, NFKD). */

/** Text as it is compared: small letters without accents and marks, white space as one space. */
export function fold(text: string): string {
	if (/^[\x20-\x7e]*$/.test(text)) return text.toLowerCase();
	const bare = text.normalize("NFKD").replace(/\p{M}/gu, "");
	return bare.toLowerCase().replaceAll("ς", "σ").replace(/\s/g, " ");
}
