/** What the findings of a run are about: which words a reader looks for. */
import type { Finding } from "../checks/room.ts";
import type { RunEvent } from "../journal.ts";

const tokenPattern = /⟨[a-z]+\d+👋⟩/gu;
/** More than these are not followed one by one. */
const tokensMax = 4;

/** The first finding that names a word: what a story is about. */
export function mainFinding(findings: readonly Finding[]): Finding | null {
	return findings.find(({ say }) => tokensOf(say).length > 0) ?? null;
}

/** What the findings of that one's check are about; nothing where none names a word. */
export function concernOf(findings: readonly Finding[]): ReadonlySet<string> {
	const check = mainFinding(findings)?.check;
	const alike = findings.filter((finding) => finding.check === check);
	return new Set(alike.flatMap(({ say }) => tokensOf(say)).slice(0, tokensMax));
}

/** Where two texts are held against each other, only what one of them has. */
function tokensOf(say: string): string[] {
	const [one, other] = say.split('" against "');
	if (one === undefined || other === undefined) return say.match(tokenPattern) ?? [];
	const [ofOne, ofOther] = [one, other].map((text) => text.match(tokenPattern) ?? []);
	const inOne = new Set(ofOne);
	const inOther = new Set(ofOther);
	return [...inOne, ...inOther].filter((token) => !inOne.has(token) || !inOther.has(token));
}

/** Those of an event that the findings are about. */
export function concernIn(event: RunEvent, concern: ReadonlySet<string>): string[] {
	const tokens = [...event.words, ...(event.say.match(tokenPattern) ?? [])];
	return [...new Set(tokens)].filter((token) => concern.has(token));
}
