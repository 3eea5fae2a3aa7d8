/**
 * How code comes that is fetched on demand, in place of the bundler's own way: that one takes a
 * style sheet which did not come for one that is here, so that who asks again gets a part without
 * its looks.
 */

/** Style sheets that are here or on their way, by address. */
const sheets = new Map<string, Promise<void>>();
/** Modules of which the browser knows already that they are wanted. */
const hinted = new Set<string>();

/**
 * What the bundler makes of every `import()`: `files` come along with the code, their addresses are
 * relative to `from`. Rejects where something did not come; whoever asks next asks for all of it.
 */
export async function fetchCode<Code>(
	load: () => Promise<Code>,
	files: readonly string[] = [],
	from: string = location.href,
): Promise<Code> {
	const addresses = files.map((file) => new URL(file, from).href);
	for (const address of addresses) if (!isSheet(address)) hint(address);
	await Promise.all(addresses.filter(isSheet).map(sheetAt));
	return load();
}

function isSheet(address: string): boolean {
	return address.endsWith(".css");
}

/** Only to be quicker: that it did not come is told by the code that imports it. */
function hint(address: string): void {
	if (hinted.has(address)) return;
	hinted.add(address);
	document.head.append(linkTo(address, "modulepreload"));
}

function sheetAt(address: string): Promise<void> {
	const known = sheets.get(address);
	if (known !== undefined) return known;
	const coming = isOnPage(address) ? Promise.resolve() : put(linkTo(address, "stylesheet"));
	sheets.set(address, coming);
	coming.catch(() => sheets.delete(address));
	return coming;
}

/** Sheets that the page began with. */
function isOnPage(address: string): boolean {
	return [...document.styleSheets].some(({ href }) => href === address);
}

function put(link: HTMLLinkElement): Promise<void> {
	return new Promise((resolve, reject) => {
		link.onload = () => resolve();
		link.onerror = () => {
			link.remove();
			reject(new Error(`${link.href} did not come`));
		};
		document.head.append(link);
	});
}

function linkTo(address: string, rel: "modulepreload" | "stylesheet"): HTMLLinkElement {
	return Object.assign(document.createElement("link"), { rel, crossOrigin: "", href: address });
}
