/** Two people in one page: two docs, a wire between them that can be slow, two bound editors. */
import * as Y from "yjs";
import { textOf } from "../../../shared/surfaces/root.ts";
import { lineKinds } from "../../../shared/surfaces/text.ts";
import { TextBinding } from "../../../web/text/binding.ts";
import { forScreen } from "../../../web/text/delta.ts";
import { createQuill, historyOf } from "../../../web/text/quill/create.ts";
import { listenToKeys } from "../../../web/text/tools/keys.ts";
import { listenToMarkdown } from "../../../web/text/tools/markdown.ts";

/** One op of Quill's or of Y.Text's. */
export interface Op {
	readonly insert?: unknown;
	readonly attributes?: Record<string, unknown>;
}

type Editor = ReturnType<typeof createQuill>;

/** One of the two. */
export class Person {
	readonly doc = new Y.Doc();
	readonly text = textOf(this.doc);
	readonly quill: Editor;
	readonly binding: TextBinding;
	/** Updates that were made and not yet delivered to the other. */
	readonly outbox: Uint8Array[] = [];

	constructor(clientId: number, start?: Uint8Array) {
		this.doc.clientID = clientId;
		if (start !== undefined) Y.applyUpdate(this.doc, start);
		const container = document.createElement("div");
		container.className = "weft-text-body";
		document.body.append(container);
		this.quill = createQuill({
			container,
			placeholder: "",
			label: `Person ${clientId}`,
			makePhoto: () => document.createElement("i"),
			clipboard: { takeFiles: () => undefined, hasPhoto: () => true, note: () => undefined },
		});
		this.binding = new TextBinding(this.text, this.quill);
		historyOf(this.quill).start(this.text, this.binding, () => undefined);
		listenToKeys(this.quill, () => undefined);
		listenToMarkdown(this.quill);
		this.doc.on("update", (update: Uint8Array, origin: unknown) => {
			if (origin !== "wire") this.outbox.push(update);
		});
	}

	/** Takes what the other made, one update at a time. */
	receive(updates: Uint8Array[]): void {
		for (const update of updates.splice(0)) Y.applyUpdate(this.doc, update, "wire");
	}

	close(): void {
		historyOf(this.quill).stop();
		this.binding.destroy();
		this.quill.container.remove();
	}

	/** What is wrong on this screen; null where it shows the doc. */
	fault(): string | null {
		if (this.quill.getLength() !== this.text.length + 1) {
			return `lengths ${this.quill.getLength()} and ${this.text.length}`;
		}
		const shown = flatten(this.quill.getContents().ops);
		const meant = flatten([...forScreen(this.text.toDelta()), { insert: "\n" }]);
		return shown === meant ? null : `shown ${shown}\nmeant ${meant}`;
	}
}

/** Delivers everything both ways until nothing is left, and shows it before the next frame. */
export function settle(ann: Person, ben: Person): void {
	while (ann.outbox.length > 0 || ben.outbox.length > 0) {
		ben.receive(ann.outbox);
		ann.receive(ben.outbox);
	}
	ann.binding.screen.show();
	ben.binding.screen.show();
}

/** What is wrong between the two; null where all four agree. */
export function faultBetween(ann: Person, ben: Person): string | null {
	const [annDoc, benDoc] = [JSON.stringify(ann.text.toDelta()), JSON.stringify(ben.text.toDelta())];
	if (annDoc !== benDoc) return `docs differ:\n${annDoc}\n${benDoc}`;
	const [annShows, benShows] = [ann, ben].map((person) => flatten(person.quill.getContents().ops));
	if (annShows !== benShows) return `screens differ:\n${annShows}\n${benShows}`;
	return null;
}

/** A document as text, for comparing: formats where they can be seen, in one order. */
function flatten(ops: readonly Op[]): string {
	const lines: string[] = [];
	let line = "";
	for (const op of ops) {
		const insert = typeof op.insert === "string" ? op.insert : null;
		const inline = sorted(op.attributes, false);
		for (const char of insert === null ? [JSON.stringify(op.insert)] : insert.split("")) {
			if (char !== "\n") {
				line += char + inline;
				continue;
			}
			const lineFormats = sorted(op.attributes, true);
			lines.push(`${line}¶${lineFormats}`);
			line = "";
		}
	}
	return lines.join("\n");
}

function sorted(attributes: Record<string, unknown> = {}, isForLine: boolean): string {
	const ofLine: readonly string[] = [...lineKinds, "indent", "align", "direction"];
	const names = Object.keys(attributes).filter((name) => ofLine.includes(name) === isForLine);
	return names.length === 0 ? "" : `{${names.sort().map((name) => `${name}:${attributes[name]}`)}}`;
}
