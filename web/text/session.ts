/** One editor on one room's text, from opening to closing: Quill, binding, carets, undo, keys. */
import type Quill from "quill/core";
import { Delta } from "quill/core";
import * as Y from "yjs";
import type { PhotoId } from "../../shared/ids.ts";
import { photosOf, textOf } from "../../shared/surfaces/root.ts";
import { safeLink } from "../../shared/surfaces/text.ts";
import { Met } from "../sync/device/met.ts";
import { Later } from "../sync/later.ts";
import type { RoomClient } from "../sync/room-client.ts";
import { t } from "../ui/messages.ts";
import { TextBinding } from "./binding.ts";
import { Cursors } from "./cursors.ts";
import { PhotoFrames, pickPhotoOf, shareFiles } from "./photo-door.ts";
import { createQuill, historyOf } from "./quill/create.ts";
import { photoClass } from "./quill/embeds.ts";
import { photoAttribute } from "./quill/photo-attribute.ts";
import type { Screen } from "./screen.ts";
import { applyFormat, type Command } from "./tools/commands.ts";
import { listenToKeys } from "./tools/keys.ts";
import type { WeftLinkBox } from "./tools/link-box.ts";
import { listenToMarkdown } from "./tools/markdown.ts";
import type { ToolState } from "./tools/toolbar.ts";
import { countWords } from "./word-count.ts";

/** Words are counted when nothing changed for this long. */
const countMs = 700;

/** So little is left of a text that was wiped: Quill's last line, and a letter in its place. */
const emptyLengthMax = 2;

/** Shorter texts are typed again as quickly as they are brought back. */
const wipedLengthMin = 40;

/** What a session lives in. */
export interface SessionParts {
	readonly client: RoomClient;
	/** Empty; Quill's container. */
	readonly body: HTMLElement;
	readonly showTools: (tools: ToolState) => void;
	readonly showWords: (words: number) => void;
	readonly enterTools: () => void;
	/** Opens what was said of the place of an index; false where nothing was. */
	readonly openTalk: (index: number) => boolean;
	/** What speaks of passages; rejects where its code cannot be had. */
	readonly talk: () => Promise<{ speakOf(from: number, to: number): void }>;
}

/** The life of an editor. `close()` gives the body back empty; it is safe to call twice. */
export class EditorSession {
	readonly client: RoomClient;
	readonly quill: Quill;
	readonly cursors: Cursors;
	readonly text: Y.Text;
	/** Whose client ids are known. */
	readonly met: Met;
	readonly #parts: SessionParts;
	readonly #binding: TextBinding;
	readonly #linkBox: Later<WeftLinkBox>;
	readonly #photos: PhotoFrames;
	#toolsFrame = 0;
	#toolsTold = "";
	#countTimer: ReturnType<typeof setTimeout> | undefined;
	#isClosed = false;

	constructor(parts: SessionParts) {
		this.#parts = parts;
		this.client = parts.client;
		this.text = textOf(parts.client.doc);
		this.met = new Met(parts.client, parts.client.memory);
		this.#photos = new PhotoFrames(this.client);
		this.quill = this.#makeQuill();
		// Before the binding listens: see there.
		this.quill.on("editor-change", this.#noteWipe);
		this.#binding = new TextBinding(this.text, this.quill);
		const { screen } = this;
		historyOf(this.quill).start(this.text, this.#binding, () => this.#scheduleTools());
		this.cursors = new Cursors({
			client: this.client,
			quill: this.quill,
			text: this.text,
			screen,
		});
		this.#linkBox = new Later(this.client, async () => {
			const { WeftLinkBox } = await import("./tools/link-box.ts");
			return () => {
				const box = new WeftLinkBox(this.quill);
				parts.body.after(box);
				return box;
			};
		});
		listenToKeys(this.quill, (command) => this.run(command));
		listenToMarkdown(this.quill);
		this.quill.on("editor-change", this.#onEditorChange);
		this.quill.root.addEventListener("click", this.#onClick);
		this.#count();
	}

	/** What stands between Quill and the doc. */
	get screen(): Screen {
		return this.#binding.screen;
	}

	/** Does what a key or a button asks for. */
	run(command: Command): void {
		const history = historyOf(this.quill);
		if (!mayRun(command, this.client)) return;
		if (command.kind === "undo") history.undo();
		else if (command.kind === "redo") history.redo();
		else if (command.kind === "link") this.#editLink();
		else if (command.kind === "toolbar") this.#parts.enterTools();
		else if (command.kind === "talk") this.#talk();
		else if (command.kind === "photo") this.#pick().catch((error) => this.cannot(error));
		else applyFormat(this.quill, command);
	}

	/** Leaves text, room and body as they were; safe to call twice. */
	close(): void {
		if (this.#isClosed) return;
		this.#isClosed = true;
		cancelAnimationFrame(this.#toolsFrame);
		clearTimeout(this.#countTimer);
		this.quill.off("editor-change", this.#noteWipe);
		this.quill.off("editor-change", this.#onEditorChange);
		this.quill.root.removeEventListener("click", this.#onClick);
		this.#linkBox.close();
		this.#photos.close();
		this.cursors.close();
		this.met.close();
		historyOf(this.quill).stop();
		this.#binding.destroy();
		this.#parts.body.replaceChildren();
		this.#parts.body.className = "weft-text-body";
	}

	#makeQuill(): Quill {
		return createQuill({
			container: this.#parts.body,
			placeholder: t(this.client.may("document") ? "text.placeholder" : "text.placeholder.viewing"),
			label: t("text.name"),
			makePhoto: (photo) => this.#photos.make(photo),
			clipboard: {
				takeFiles: (files, index, length) => {
					this.#takeFiles(files, index, length).catch((error) => this.cannot(error));
				},
				hasPhoto: (photo) => photosOf(this.client.doc).has(photo),
				note: (text) => this.tell(text),
			},
		});
	}

	/** Says something to the person, for a moment. */
	readonly tell = (text: string): void => this.#tell("weft-toast", { text });

	/** A place of Quill's that stays true while others write: call it for where it is by then. */
	remember(index: number): () => number {
		const place = this.#remember(index);
		return () => this.#indexOf(place);
	}

	#tell(name: string, detail: unknown): void {
		const event = new CustomEvent(name, { detail, bubbles: true, composed: true });
		this.#parts.body.dispatchEvent(event);
	}

	/**
	 * The next message speaks of what is selected. A caret in a passage that is talked about opens
	 * that talk; else its line is spoken of.
	 */
	#talk(): void {
		const { index, length } = this.quill.getSelection(true);
		if (length === 0 && this.#parts.openTalk(index)) return;
		const [line, offset] = this.quill.getLine(index);
		const from = length > 0 ? index : index - offset;
		const to = length > 0 ? index + length : from + (line?.length() ?? 1) - 1;
		if (to <= from) return;
		const [start, end] = [this.remember(from), this.remember(to)];
		this.#parts.talk().then(
			(talk) => talk.speakOf(start(), end()),
			(error: unknown) => this.cannot(error),
		);
	}

	#editLink(): void {
		// What is typed until the box is there is meant for the box, and not for the text.
		if (this.#linkBox.here === null) this.quill.root.blur();
		this.#linkBox.get().then(
			(box) => box.edit(),
			(error: unknown) => this.cannot(error),
		);
	}

	#showLink(): void {
		this.#linkBox.get().then(
			() => this.#scheduleTools(),
			(error: unknown) => console.info("Where the link leads is not shown:", error),
		);
	}

	/** Says that something that was asked for is not done, and goes on with the text. */
	cannot(error: unknown): void {
		if (this.#isClosed) return;
		console.warn("Not done:", error);
		this.quill.focus({ preventScroll: true });
		this.tell(t("text.actFailed"));
	}

	async #pick(): Promise<void> {
		const range = this.quill.getSelection(true);
		const place = this.#remember(range.index);
		const photo = await pickPhotoOf(this.client);
		if (photo !== null) this.#insertPhotos([photo], place, 0);
		else if (!this.#isClosed) this.quill.focus({ preventScroll: true });
	}

	async #takeFiles(files: readonly File[], index: number, length: number): Promise<void> {
		const place = this.#remember(index);
		this.#insertPhotos(await shareFiles(this.client, files), place, length);
	}

	/** A place that stays true while others write. */
	#remember(index: number): Y.RelativePosition {
		const docIndex = this.screen.toDocIndex(index);
		return Y.createRelativePositionFromTypeIndex(this.text, docIndex);
	}

	#indexOf(place: Y.RelativePosition): number {
		this.screen.show();
		const at = Y.createAbsolutePositionFromRelativePosition(place, this.client.doc);
		return Math.min(at?.index ?? 0, this.quill.getLength() - 1);
	}

	#insertPhotos(photos: readonly PhotoId[], place: Y.RelativePosition, length: number): void {
		if (this.#isClosed || photos.length === 0) return;
		const index = this.#indexOf(place);
		const [line, offset] = this.quill.getLine(index);
		const delta = new Delta().retain(index).delete(length);
		for (const photo of photos) delta.insert({ photo });
		// Room to write on, where the photo would be the last thing of its line.
		const isLineEnd = line === null || offset + length >= line.length() - 1;
		if (isLineEnd) delta.insert("\n");
		const { history } = this.quill;
		history.cutoff();
		this.quill.updateContents(delta, "user");
		history.cutoff();
		this.quill.setSelection(index + photos.length + (isLineEnd ? 1 : 0), 0, "user");
	}

	readonly #onClick = (event: MouseEvent): void => {
		if (!(event.target instanceof Element)) return;
		const photo = event.target.closest(`.${photoClass}`)?.getAttribute(photoAttribute);
		if (photo) {
			this.#tell("weft-open-photo", { photo });
			return;
		}
		const link = event.target.closest("a")?.getAttribute("href");
		const isAsked = event.ctrlKey || event.metaKey;
		if (!link || !isAsked || safeLink(link) === null) return;
		event.preventDefault();
		window.open(link, "_blank", "noopener,noreferrer");
	};

	readonly #onEditorChange = (name: string, change: unknown): void => {
		if (name === "text-change") {
			this.#linkBox.here?.shift(change as Delta);
			clearTimeout(this.#countTimer);
			this.#countTimer = setTimeout(() => this.#count(), countMs);
		}
		this.#scheduleTools();
	};

	/**
	 * Who took everything away at once may not have meant to, and others see it too. It is called
	 * before the binding writes into the doc, so that what was typed just before is kept apart.
	 */
	readonly #noteWipe = (name: string, _: unknown, before: unknown, by: unknown): void => {
		if (name !== "text-change" || by !== "user") return;
		const isEmptied = this.quill.getLength() <= emptyLengthMax;
		if (!isEmptied || (before as Delta).length() < wipedLengthMin) return;
		const history = historyOf(this.quill);
		history.cutoff();
		queueMicrotask(() => {
			const action = { label: t("text.undo"), run: history.mark() };
			this.#tell("weft-toast", { text: t("text.wiped"), action, isLasting: true });
		});
	};

	#scheduleTools(): void {
		if (this.#toolsFrame !== 0) return;
		this.#toolsFrame = requestAnimationFrame(() => {
			this.#toolsFrame = 0;
			this.#showTools();
		});
	}

	#showTools(): void {
		const { lastRange, savedRange } = this.quill.selection;
		const { canUndo, canRedo } = historyOf(this.quill);
		const formats = this.quill.getFormat(savedRange);
		const isAtLink = formats["link"] !== undefined && this.quill.hasFocus();
		this.#linkBox.here?.follow(isAtLink ? lastRange : null);
		if (isAtLink && this.#linkBox.here === null) this.#showLink();
		const told = JSON.stringify([formats, canUndo, canRedo]);
		if (told === this.#toolsTold) return;
		this.#toolsTold = told;
		this.#parts.showTools({ formats, canUndo, canRedo });
	}

	#count(): void {
		this.#parts.showWords(countWords(this.text.toString()));
	}
}

/** Who may not write may still speak of a passage. */
function mayRun({ kind }: Command, client: RoomClient): boolean {
	if (kind === "talk") return client.may("chat");
	if (kind === "photo" && !client.may("photos")) return false;
	return kind === "toolbar" || client.may("document");
}
