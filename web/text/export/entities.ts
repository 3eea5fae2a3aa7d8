/** The named characters of HTML that people write by hand, and numbers. */
const names: Readonly<Record<string, string>> = {
	amp: "&",
	lt: "<",
	gt: ">",
	quot: '"',
	apos: "'",
	nbsp: "\u00a0",
	shy: "\u00ad",
	copy: "©",
	reg: "®",
	trade: "™",
	deg: "°",
	middot: "·",
	bull: "•",
	hellip: "…",
	ndash: "–",
	mdash: "—",
	lsquo: "‘",
	rsquo: "’",
	ldquo: "“",
	rdquo: "”",
	laquo: "«",
	raquo: "»",
	times: "×",
	larr: "←",
	rarr: "→",
	uarr: "↑",
	darr: "↓",
	euro: "€",
	auml: "ä",
	ouml: "ö",
	uuml: "ü",
	Auml: "Ä",
	Ouml: "Ö",
	Uuml: "Ü",
	szlig: "ß",
	eacute: "é",
	egrave: "è",
	zwnj: "\u200c",
	zwj: "\u200d",
};

/** `&name;` or `&#number;` as its character; as it stands where it is none that we know. */
export function decodeEntity(entity: string): string {
	const [, hex, decimal, name = ""] =
		/^&(?:#[xX]([\da-fA-F]{1,6})|#(\d{1,7})|(\w+));$/.exec(entity) ?? [];
	const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
	if (hex === undefined && decimal === undefined) {
		return Object.hasOwn(names, name) ? (names[name] ?? entity) : entity;
	}
	const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
	return isCharacter ? String.fromCodePoint(code) : "\ufffd";
}
