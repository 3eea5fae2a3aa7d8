/** What a name is found by: two spellings that are one to most people have one key. */
export function nameKey(name: string): string {
	return name
		.normalize("NFKC")
		.toLowerCase()
		.replace(/[\p{Default_Ignorable_Code_Point}\p{White_Space}]/gu, "");
}

/** What a name looks like: letters of other scripts are the Latin ones that they pass for. */
export function lookOf(name: string): string {
	const plain = name.normalize("NFKC");
	const latin = plain.replace(passing, (letter) => looks.get(letter) ?? letter);
	// An l stands for a capital I too, a capital L for neither: it must not become one.
	return nameKey(latin.replaceAll("L", "\u029f"));
}

/** Letters that pass for the one before them, in the shape that they have: а is, А is another. */
const lookAlikes = `
	aаα AАΑ BВΒ cсϲ CСϹ dԁ eе EЕΕ hһ HНΗ iіι jј JЈ KКΚ lIІΙӀӏ1| MМΜ NΝ
	oоο OОΟ0 pрρ PРΡ qԛ sѕ SЅ TТΤ uυ vνѵ wԝ xхχ XХΧ yу YУΥҮ ZΖ
`;

const looks: ReadonlyMap<string, string> = new Map(
	lookAlikes
		.trim()
		.split(/\s+/)
		.flatMap(([letter = "", ...others]) => others.map((other) => [other, letter] as const)),
);

const passing = new RegExp(`[${[...looks.keys()].join("")}]`, "gu");
