/** The page that test/browser/text.test.ts opens. */
import "../../../web/ui/tokens.css";
import "../../../web/ui/base.css";
import "../../../web/text/editor.ts";
import { Delta } from "quill/core";
import type { Millis } from "../../../shared/clock.ts";
import type { PhotoId } from "../../../shared/ids.ts";
import { addPhoto } from "../../../shared/surfaces/photos.ts";
import { photosOf } from "../../../shared/surfaces/root.ts";
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
	/** A line that is two things becomes one of them, and Ben's screen shows that before the rest. */
	inParts(): PairReport;
	/** Quill does nothing with a change that it is given. */
	lost(): PairReport;
	/** Ann types that many characters here and there; how often does Ben's screen change? */
	burst(count: number): { fault: string | null; changeCount: number };
	/** The same while nobody sees Ben's tab; what is wrong before somebody looks, and afterwards. */
	unseen(count: number): Promise<{ before: string | null; after: string | null }>;
	open(peopleCount: number, start?: object[]): Promise<void>;
	/** What somebody's doc holds. */
	ops(guestIndex?: number): unknown[];
	/** What somebody's screen shows, as Quill tells it. */
	shown(guestIndex?: number): unknown[];
	/** Pastes hostile HTML, and writes it into the doc as a stranger would; says what got through. */
	attack(payloads: readonly string[]): string[];
	/** Makes it a photo of Ann's room. */
	addPhoto(id: string): void;
	/** Copies what is selected in the first editor. */
	copy(): { html: string; text: string };
	/** Drops a file onto the first editor. */
	drop(file: { name: string; type: string; bytes: number[] }): void;
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
	inParts() {
		return reportOf((ann, ben) => {
			ann.doc.transact(() => {
				ann.text.insert(0, "both");
				ann.text.insert(4, "\n", { header: 1, list: "bullet" });
			}, "stranger");
			settle(ann, ben);
			ann.doc.transact(() => {
				ann.text.format(4, 1, { list: null });
				ann.text.insert(5, "end");
			}, "stranger");
			ben.receive(ann.outbox);
			ben.binding.screen.showPart(1);
		});
	},
	lost() {
		return reportOf((ann, ben) => {
			ann.text.insert(0, "one");
			settle(ann, ben);
			const { updateContents } = ben.quill;
			ben.quill.updateContents = () => new Delta();
			ann.text.insert(3, " two");
			settle(ann, ben);
			ben.quill.updateContents = updateContents;
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
	async unseen(count) {
		const [ann, ben] = [new Person(1), new Person(2)];
		const { requestAnimationFrame } = globalThis;
		const frames: FrameRequestCallback[] = [];
		globalThis.requestAnimationFrame = (run) => frames.push(run);
		for (let at = 0; at < count; at++) {
			ann.text.insert((at * 7919) % (ann.text.length + 1), at % 60 === 0 ? "\n" : "x");
			ben.receive(ann.outbox);
		}
		const isThere = ben.text.toString() === ann.text.toString() && !ben.binding.screen.isCurrent;
		globalThis.requestAnimationFrame = requestAnimationFrame;
		for (const run of frames) run(performance.now());
		while (!ben.binding.screen.isCurrent) await new Promise(requestAnimationFrame);
		ann.binding.screen.show();
		const after = ben.fault() ?? faultBetween(ann, ben);
		ann.close();
		ben.close();
		return { before: isThere ? null : "the doc waits for the screen, or nothing waits", after };
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
	addPhoto(id) {
		const [ann] = harness.guests;
		if (ann === undefined) return;
		const draft = { type: "image/png", width: 4, height: 3, bytes: 12 };
		const author = { person: ann.client.me, at: 0 as Millis };
		ann.client.doc.transact(() => addPhoto(photosOf(ann.client.doc), id as PhotoId, draft, author));
	},
	copy() {
		const clipboardData = new DataTransfer();
		const event = new ClipboardEvent("copy", { clipboardData, bubbles: true, cancelable: true });
		document.querySelector(".ql-editor")?.dispatchEvent(event);
		return {
			html: clipboardData.getData("text/html"),
			text: clipboardData.getData("text/plain"),
		};
	},
	drop({ name, type, bytes }) {
		const dataTransfer = new DataTransfer();
		dataTransfer.items.add(new File([new Uint8Array(bytes)], name, { type }));
		const line = document.querySelector(".ql-editor > *");
		const { x, y } = line?.getBoundingClientRect() ?? { x: 0, y: 0 };
		const event = new DragEvent("drop", {
			dataTransfer,
			clientX: x + 1,
			clientY: y + 5,
			bubbles: true,
			cancelable: true,
		});
		line?.dispatchEvent(event);
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
