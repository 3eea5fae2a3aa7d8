/** Random people with a seed, who write, format, undo and paste, apart and together. */
import { seeded } from "../../../scripts/converge/random.ts";
import { isHighSurrogate, isLowSurrogate } from "../../../shared/surfaces/text.ts";
import { historyOf } from "../../../web/text/quill/create.ts";
import { faultBetween, type Op, Person, settle } from "./pair.ts";

/** The index, or the one before it where it would cut a character in two. */
function snapToCodePoint(text: string, index: number): number {
	const inside = Math.max(0, Math.min(index, text.length));
	const [before, after] = [text.charCodeAt(inside - 1), text.charCodeAt(inside)];
	return isHighSurrogate(before) && isLowSurrogate(after) ? inside - 1 : inside;
}

const words = [
	..."abc xyz\n\n-*#",
	"👍",
	"👎",
	"👩‍👩‍👧",
	"🇩🇪",
	"e\u0301",
	"\n",
	"one two",
	"a\nb\n",
	"\t",
	"سلام",
];
const marks = ["bold", "italic", "underline", "strike", "code"];
const lines: [string, unknown][] = [
	["header", 1],
	["header", 2],
	["list", "bullet"],
	["list", "checked"],
	["blockquote", true],
	["code-block", true],
	["indent", 2],
	["align", "center"],
	["header", false],
	["list", false],
	["code-block", false],
];

type Act = (person: Person, chance: () => number) => void;

function pick<T>(chance: () => number, list: readonly T[]): T {
	return list[Math.floor(chance() * list.length)] as T;
}

function rangeOf(person: Person, chance: () => number, longest = 8): [number, number] {
	const text = plainText(person);
	const index = snapToCodePoint(text, Math.floor(chance() * text.length));
	const end = snapToCodePoint(text, index + Math.floor(chance() * longest));
	return [index, Math.max(0, end - index)];
}

const acts: readonly (readonly [string, number, Act])[] = [
	[
		"insert",
		10,
		(person, chance) => {
			person.quill.insertText(rangeOf(person, chance)[0], pick(chance, words), "user");
		},
	],
	[
		"delete",
		6,
		(person, chance) => {
			const [index, length] = rangeOf(person, chance);
			person.quill.deleteText(index, length, "user");
		},
	],
	[
		"mark",
		4,
		(person, chance) => {
			const [index, length] = rangeOf(person, chance);
			person.quill.formatText(index, length, pick(chance, marks), chance() < 0.7, "user");
		},
	],
	[
		"line",
		4,
		(person, chance) => {
			const [name, value] = pick(chance, lines);
			person.quill.formatLine(...rangeOf(person, chance), name, value, "user");
		},
	],
	[
		"photo",
		1,
		(person, chance) => {
			const [index] = rangeOf(person, chance);
			change(person, index, [{ insert: { photo: "AAAAAAAAAAAAAAAA" } }]);
		},
	],
	["sibling emoji", 3, replaceHalf],
	[
		"typed again",
		2,
		(person, chance) => {
			const [index, length] = rangeOf(person, chance);
			change(person, index, [{ insert: pick(chance, words) }, ...cut(length)]);
		},
	],
	[
		"replace all",
		0.3,
		(person, chance) => {
			const ending = chance() < 0.5 ? [{ insert: "\n", attributes: { header: 2 } }] : [];
			person.quill.setContents([{ insert: `new ${pick(chance, words)}\n` }, ...ending], "user");
		},
	],
	[
		"delete all",
		0.3,
		(person) => void person.quill.deleteText(0, person.quill.getLength(), "user"),
	],
	["undo", 3, (person) => historyOf(person.quill).undo()],
	["redo", 2, (person) => historyOf(person.quill).redo()],
	["cutoff", 2, (person) => historyOf(person.quill).cutoff()],
	["stranger", 1, strange],
	["compose", 1, (person) => person.binding.screen.hold()],
	["composed", 3, (person) => person.binding.screen.release()],
	["frame", 3, (person) => person.binding.screen.show()],
	["part", 4, (person, chance) => person.binding.screen.showPart(1 + Math.floor(chance() * 4))],
];

interface UserOp {
	readonly insert?: string | Record<string, unknown>;
	readonly delete?: number;
}

function change(person: Person, index: number, ops: UserOp[]): void {
	person.quill.updateContents([...(index > 0 ? [{ retain: index }] : []), ...ops], "user");
}

function cut(length: number): UserOp[] {
	return length > 0 ? [{ delete: length }] : [];
}

function plainText(person: Person): string {
	return docText(person.quill.getContents().ops);
}

/** What a differ makes of one emoji replaced by another that shares a half with it. */
function replaceHalf(person: Person, chance: () => number): void {
	const at = plainText(person).indexOf("👍");
	if (at < 0) return;
	if (chance() < 0.5) change(person, at + 1, [{ insert: "\udc4e" }, ...cut(1)]);
	else change(person, at, [{ insert: "\ud83e" }, ...cut(1)]);
}

/** What an editor may do that knows neither Weft's formats nor its embeds. */
function strange(person: Person, chance: () => number): void {
	const { text } = person;
	const whole = docText(text.toDelta());
	const index = snapToCodePoint(whole, Math.floor(chance() * (whole.length + 1)));
	const kind = Math.floor(chance() * 5);
	person.doc.transact(() => {
		if (kind === 0) text.insertEmbed(index, { nosuch: 1 });
		else if (kind === 1)
			text.insert(index, "x\n", { color: "red", header: 9, link: "javascript:1" });
		else if (kind === 2) text.insert(index, "a\r\nb");
		else if (kind === 3) text.insert(index, "\n", { list: "bullet", header: 1 });
		else if (index < whole.length && !/\p{Emoji_Presentation}/u.test(whole)) {
			text.format(index, 1, { color: "blue", list: "star", bold: true });
		}
	}, "stranger");
}

function docText(ops: readonly Op[]): string {
	return ops.map((op) => (typeof op.insert === "string" ? op.insert : "\ufffc")).join("");
}

function step(person: Person, chance: () => number): string {
	const total = acts.reduce((sum, [, weight]) => sum + weight, 0);
	let at = chance() * total;
	for (const [name, weight, act] of acts) {
		at -= weight;
		if (at > 0) continue;
		act(person, chance);
		return name;
	}
	return "nothing";
}

/** Runs one seed. @returns what went wrong, with the last steps; null where nothing did */
export function tryChance(seed: number, stepCount: number): string | null {
	const chance = seeded(seed);
	const [ann, ben] = [new Person(1), new Person(2)];
	const log: string[] = [];
	try {
		for (let stepIndex = 0; stepIndex < stepCount; stepIndex++) {
			const person = chance() < 0.5 ? ann : ben;
			const before = JSON.stringify(person.quill.getContents().ops);
			log.push(`${person.doc.clientID} ${step(person, chance)} on ${before}`);
			const own = person.binding.screen.isCurrent ? person.fault() : null;
			const fault = own ?? deliver(ann, ben, chance());
			if (fault !== null)
				return `seed ${seed}, step ${stepIndex}: ${fault}\n${log.slice(-8).join("\n")}`;
		}
		return null;
	} catch (error) {
		return `seed ${seed}: ${(error as Error).stack}\n${log.slice(-8).join("\n")}`;
	} finally {
		ann.close();
		ben.close();
	}
}

/** Delivers something, or everything; then all must agree. */
function deliver(ann: Person, ben: Person, luck: number): string | null {
	if (luck < 0.2) ben.receive(ann.outbox);
	else if (luck < 0.4) ann.receive(ben.outbox);
	if (luck <= 0.9) return null;
	ann.binding.screen.release();
	ben.binding.screen.release();
	settle(ann, ben);
	return ann.fault() ?? ben.fault() ?? faultBetween(ann, ben);
}
