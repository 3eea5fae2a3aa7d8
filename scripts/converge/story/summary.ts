/** A failing run in a few sentences: what was promised, what went wrong, what is not so. */
import type { RunEvent } from "../journal.ts";
import type { Fault } from "../plan.ts";
import type { Outcome } from "../run.ts";
import { pageName } from "../sentences.ts";
import { concernIn, concernOf, mainFinding } from "./concern.ts";
import { sayTime } from "./lines.ts";

/** How the life of a word ends, by the check that found it. */
const endings: Readonly<Record<string, string>> = {
	"nothing lost": "it is gone, though nobody removed it",
	"shown stays": "it is gone, though nobody removed it",
	"saved stays": "it is gone, though nobody removed it",
	"saved is synced": "a power cut would take it",
	"nothing comes back": "it is there again",
};

/** How checks say that two copies differ. */
const differencePattern = /^(.+) and (.+) have different \S+: (".*") against (".*")$/s;

/** What may take something from a server. */
const outages: ReadonlySet<string> = new Set<Fault>([
	"kill",
	"powerCut",
	"terminate",
	"restartStorm",
	"byteFlip",
	"fullDisk",
]);

/** What of a run's outcome is told. */
export type Told = Pick<Outcome, "findings" | "events">;

/** In a few sentences; nothing where the findings name no word, or the lines say it all. */
export function summarise({ findings, events }: Told): string {
	const [token] = concernOf(findings);
	const finding = mainFinding(findings);
	if (token === undefined || finding === null) return "";
	const ending = endings[finding.check] ?? sayHolders(finding.say, token);
	if (ending === null) return "";
	const foundIndex = events.findIndex(({ kind }) => kind === "finding");
	const before = foundIndex === -1 ? events : events.slice(0, foundIndex);
	const life = lifeOf(token, before);
	const [birth] = life;
	if (birth === undefined) return "";
	const outage = before.findLast((event) => isOutage(event) && event.ms >= birth.ms);
	const told = outage === undefined ? life : [...life, outage];
	const inOrder = told.toSorted((a, b) => a.ms - b.ms);
	const sentences = inOrder.map((event) => sentenceOf(event, token));
	const isLast = outage !== undefined && inOrder.at(-1) === outage;
	return [...sentences, `${isLast ? "After that" : "In the end"} ${ending}.`].join(" ");
}

/** Of two copies that differ, which has the word; null where that cannot be read from it. */
function sayHolders(say: string, token: string): string | null {
	const [, one, other, mine = "", theirs = ""] = differencePattern.exec(say) ?? [];
	if (mine.includes(token) === theirs.includes(token)) return null;
	return mine.includes(token)
		? `${one} has it and ${other} does not`
		: `${other} has it and ${one} does not`;
}

/** What was done to a word, and when it was first shown and called saved. */
function lifeOf(token: string, events: readonly RunEvent[]): RunEvent[] {
	const about = events.filter((event) => concernIn(event, new Set([token])).length > 0);
	const isFirst = (event: RunEvent) =>
		about.find((other) => other.kind === event.kind && isRemoval(other) === isRemoval(event)) ===
		event;
	return about.filter((event) => event.kind === "deed" || isFirst(event));
}

/** True for the promise that something was removed. */
function isRemoval({ kind, say }: RunEvent): boolean {
	return kind === "shown" ? say.endsWith(" go") : say.startsWith("the removal ");
}

function isOutage({ kind, act, say }: RunEvent): boolean {
	return (kind === "note" && say.includes(" killed ")) || (act !== null && outages.has(act));
}

function sentenceOf(event: RunEvent, token: string): string {
	const { kind, ms, say, who } = event;
	const at = `At ${sayTime(ms)}`;
	const name = pageName(who ?? "somebody");
	if (kind === "shown") return `${at} ${name} sees ${token}${isRemoval(event) ? " go" : ""}.`;
	if (kind !== "saved") return `${at} ${say}.`;
	return `${at} ${isRemoval(event) ? "its removal" : "it"} is called saved.`;
}
