/** Looks whether every tag of a page is closed where it must be, and every id is one of a kind. */

const empty = ["meta", "link", "br", "hr"];
const attribute = `\\s+[a-zA-Z][\\w:-]*(?:="[^"<>]*")?`;
const tag = new RegExp(`<(/?)([a-z][a-zA-Z0-9]*)((?:${attribute})*)\\s*(/?)>`, "g");

/** What is wrong with a page; nothing where it is well formed. */
export function problemsOf(page: string): string[] {
	const source = page
		.replace(/^<!doctype html>/, "")
		.replace(/<style>[^<]*<\/style>/, "<style></style>");
	const rest = source.replace(tag, "");
	const strays = [...rest.matchAll(/.{0,30}[<>].{0,30}/g)].map(([text]) => `a stray sign: ${text}`);
	const ids = [...source.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id ?? "");
	const twice = ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `${id} is twice`);
	return [...strays, ...twice, ...danglingIn(source, ids), ...unclosedIn(source)];
}

function danglingIn(source: string, ids: readonly string[]): string[] {
	const wanted = [...source.matchAll(/ (?:href="#|aria-\w+by=")([^"]+)"/g)];
	return wanted.flatMap(([, id]) => (ids.includes(id ?? "") ? [] : [`nothing has the id ${id}`]));
}

function unclosedIn(source: string): string[] {
	const open: string[] = [];
	for (const [, slash, name = "", , ended] of source.matchAll(tag)) {
		if (ended === "/" || empty.includes(name)) continue;
		if (slash === "") open.push(name);
		else if (open.pop() !== name) return [`a ${name} is closed that was not open`];
	}
	return open.map((name) => `a ${name} is never closed`);
}
