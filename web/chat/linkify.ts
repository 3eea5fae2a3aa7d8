/**
 * Finds the web addresses in a message, in time linear in its length.
 *
 * Only http and https become links; everything else, `javascript:` above all, stays text. The
 * pieces joined are the text again, so nothing a person wrote is changed or hidden.
 */

/** A piece of a message: text as it stands, or an address and where it leads. */
export type Piece =
	| { readonly type: "text"; readonly text: string }
	| { readonly type: "link"; readonly text: string; readonly href: string };

/** Longer addresses stay text: no browser's address bar takes more with good grace. */
const linkLengthMax = 2_048;

/**
 * Ends at white space, quotes, angle brackets, controls, and at what turns the direction of writing
 * around and could make one address look like another. One class, repeated: no backtracking.
 */
const address =
	// biome-ignore lint/suspicious/noControlCharactersInRegex: an address ends at a control.
	/https?:\/\/[^\s<>"`\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+/giu;

/** Cuts a text into what is a link and what is not. */
export function linkify(text: string): Piece[] {
	const pieces: Piece[] = [];
	let textFrom = 0;
	for (const match of text.matchAll(address)) {
		const link = withoutTail(match[0]);
		const href = hrefOf(link);
		if (href === null) continue;
		if (match.index > textFrom) {
			pieces.push({ type: "text", text: text.slice(textFrom, match.index) });
		}
		pieces.push({ type: "link", text: link, href });
		textFrom = match.index + link.length;
	}
	if (textFrom < text.length) pieces.push({ type: "text", text: text.slice(textFrom) });
	return pieces;
}

const closers = new Map([
	[")", "("],
	["]", "["],
	["}", "{"],
]);

/** The address without the punctuation of the sentence around it; brackets stay in pairs. */
function withoutTail(link: string): string {
	const open = new Map<string, number>();
	for (const character of link) open.set(character, (open.get(character) ?? 0) + 1);
	let end = link.length;
	for (; end > 0; end--) {
		const last = link.charAt(end - 1);
		const opener = closers.get(last);
		if (opener === undefined && !".,;:!?'*_~\u2026\u2019\u201d\u00bb".includes(last)) break;
		if (opener === undefined) continue;
		const closed = open.get(last) ?? 0;
		if (closed <= (open.get(opener) ?? 0)) break;
		open.set(last, closed - 1);
	}
	return link.slice(0, end);
}

function hrefOf(link: string): string | null {
	if (link.length > linkLengthMax || !URL.canParse(link)) return null;
	const url = new URL(link);
	const isWeb = url.protocol === "http:" || url.protocol === "https:";
	return isWeb && url.hostname !== "" ? url.href : null;
}
