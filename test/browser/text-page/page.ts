/** The page that test/browser/text.test.ts opens. */
import "../../../web/ui/tokens.css";
import "../../../web/ui/base.css";
import "../../../web/text/editor.ts";
import { historyOf } from "../../../web/text/quill/create.ts";
import { tryChance } from "./chance.ts";
import { faultBetween, Person, settle } from "./pair.ts";
import { type Guest, openRoom, opsOf } from "./room.ts";
import { type ScenarioName, type StrangerName, scenarios, strangers } from "./scenarios.ts";

/** What the tests call inside the page. */
export interface Harness {
	readonly tryChance: typeof tryChance;
	/** Lets Ann do something, and undo it, and says what she and Ben see afterwards. */
	scenario(name: ScenarioName, isUndone: boolean): PairReport;
	/** Lets a client of another kind write into the text "ab👍cd" while Ann and Ben look on. */
	stranger(name: StrangerName): PairReport;
	/** Ann types that many characters here and there; how often does Ben's screen change? */
	burst(count: number): { fault: string | null; changeCount: number };
	open(peopleCount: number, start?: object[]): Promise<void>;
	/** What somebody's doc holds. */
	ops(guestIndex?: number): unknown[];
	/** What somebody's screen shows, as Quill tells it. */
	shown(guestIndex?: number): unknown[];
	/** Pastes hostile HTML, and writes it into the doc as a stranger would; says what got through. */
	attack(payloads: readonly string[]): string[];
	/** Pastes into the first editor. */
	paste(content: { html?: string; text?: string }): void;
	guests: Guest[];
}

/** What two people see after they did something. */
export interface PairReport {
	/** Null where lengths and contents agree on both screens and in both docs. */
	readonly fault: string | null;
	readonly shown: unknown[];
	readonly doc: unknown[];
}

const harness: Harness = {
	tryChance,
	guests: [],
	scenario(name, isUndone) {
		return reportOf((ann) => {
			scenarios[name](ann);
			if (isUndone) historyOf(ann.quill).undo();
		});
	},
	stranger(name) {
		return reportOf((ann, ben) => {
			ann.text.insert(0, "ab👍cd");
			settle(ann, ben);
			ann.doc.transact(() => strangers[name](ann), "stranger");
			settle(ann, ben);
			// And the text can be worked on afterwards.
			ben.quill.insertText(ben.quill.getLength() - 1, "!", "user");
		});
	},
	burst(count) {
		let changeCount = 0;
		const report = reportOf((ann, ben) => {
			ben.quill.on("text-change", () => changeCount++);
			for (let at = 0; at < count; at++) {
				const index = (at * 7919) % (ann.text.length + 1);
				ann.doc.transact(() => ann.text.insert(index, at % 60 === 0 ? "\n" : "x"), "typed");
				ben.receive(ann.outbox);
			}
		});
		return { fault: report.fault, changeCount };
	},
	async open(peopleCount, start) {
		harness.guests = await openRoom(peopleCount, start);
	},
	ops(guestIndex = 0) {
		const guest = harness.guests[guestIndex];
		return guest === undefined ? [] : opsOf(guest);
	},
	shown(guestIndex = 0) {
		const session = harness.guests[guestIndex]?.editor.session;
		session?.screen.show();
		return session?.quill.getContents().ops ?? [];
	},
	attack(payloads) {
		const [ann] = harness.guests;
		const quill = ann?.editor.session?.quill;
		if (ann === undefined || quill === undefined) return ["no editor"];
		quill.setContents([]);
		for (const html of payloads) {
			harness.paste({ html, text: html });
			ann.client.doc.transact(() => writeHostile(ann.text, html), "stranger");
		}
		ann.editor.session?.screen.show();
		return faultsOf(quill.root, quill.getLength() - ann.text.length - 1);
	},
	paste({ html, text }) {
		const clipboardData = new DataTransfer();
		if (html !== undefined) clipboardData.setData("text/html", html);
		if (text !== undefined) clipboardData.setData("text/plain", text);
		const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
		document.querySelector(".ql-editor")?.dispatchEvent(event);
	},
};
Object.assign(globalThis, { harness });

function writeHostile(text: Guest["text"], html: string): void {
	text.insert(0, "link\n", { link: html, "code-block": html, color: html, header: html });
	for (const name of ["image", "video", "formula", "photo"]) text.insertEmbed(0, { [name]: html });
}

function faultsOf(root: HTMLElement, lengthFault: number): string[] {
	const bad = "script, iframe, object, embed, form, svg, math, style, [src], [srcdoc], [style]";
	const elements = [...root.querySelectorAll(bad)].map((element) => element.outerHTML);
	const links = [...root.querySelectorAll("a")].map((link) => link.href);
	const badLinks = links.filter((href) => !/^(https?|mailto|tel):/.test(href));
	return [...elements, ...badLinks, ...(lengthFault === 0 ? [] : [`off by ${lengthFault}`])];
}

function reportOf(act: (ann: Person, ben: Person) => void): PairReport {
	const [ann, ben] = [new Person(1), new Person(2)];
	act(ann, ben);
	settle(ann, ben);
	const report = {
		fault: ann.fault() ?? ben.fault() ?? faultBetween(ann, ben),
		shown: ben.quill.getContents().ops,
		doc: ben.text.toDelta() as unknown[],
	};
	ann.close();
	ben.close();
	return report;
}
