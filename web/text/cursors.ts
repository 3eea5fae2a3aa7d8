/**
 * Where the others are in the text: carets with names, and what they have selected. The states are
 * y-quill's (`cursor: { anchor, head }`, relative positions as JSON), so stock clients see us too.
 */
import type Quill from "quill/core";
import type { Delta } from "quill/core";
import * as Y from "yjs";
import { isPersonColor, type PresenceState } from "../../shared/awareness.ts";
import type { Cancel } from "../../shared/clock.ts";
import { followingOf } from "../presence/follow/following.ts";
import type { RoomClient } from "../sync/room-client.ts";
import { t } from "../ui/messages.ts";
import { CaretView } from "./caret-view.ts";
import type { Screen } from "./screen.ts";

/** Carets that are drawn at once; who is beyond is still among the people of the room. */
const caretsMax = 60;

/** The others hear of our caret this often at most: about as often as a person reads. */
const tellMs = 60;

/** What the carets are drawn for. */
export interface CursorParts {
	readonly client: RoomClient;
	readonly quill: Quill;
	readonly text: Y.Text;
	readonly screen: Screen;
}

type Cursor = NonNullable<PresenceState["cursor"]>;

interface Remote {
	readonly view: CaretView;
	/** The state's cursor as JSON, to know whether it moved. */
	told: string;
	anchor: number;
	head: number;
}

/** Draws the others' carets and tells them where ours is. `close()` it with the editor. */
export class Cursors {
	readonly #parts: CursorParts;
	readonly #layer = document.createElement("div");
	readonly #remotes = new Map<number, Remote>();
	readonly #listening = new AbortController();
	readonly #resizes = new ResizeObserver(() => this.#schedule());
	#frame = 0;
	#tellTimer: ReturnType<typeof setTimeout> | undefined;
	#own = "null";
	/** Whose caret is brought into view once it has been drawn. */
	#sought: number | null = null;
	#leaderTold = "null";
	readonly #unfollow: Cancel;

	constructor(parts: CursorParts) {
		this.#parts = parts;
		this.#layer.className = "weft-carets";
		this.#layer.setAttribute("aria-hidden", "true");
		parts.quill.container.append(this.#layer);
		parts.quill.on("editor-change", this.#onEditorChange);
		const { signal } = this.#listening;
		parts.quill.root.addEventListener("focus", this.#schedule, { signal });
		parts.quill.root.addEventListener("blur", this.#schedule, { signal });
		parts.client.awareness.on("change", this.#onAwareness);
		this.#resizes.observe(parts.quill.root);
		this.#readStates([...parts.client.awareness.getStates().keys()]);
		this.#unfollow = followingOf(parts.client).on("leader", () => this.#seekLeader());
		this.#seekLeader();
	}

	/** Takes the carets away, also ours from the others' screens. */
	close(): void {
		const { quill, client } = this.#parts;
		cancelAnimationFrame(this.#frame);
		clearTimeout(this.#tellTimer);
		this.#resizes.disconnect();
		quill.off("editor-change", this.#onEditorChange);
		this.#listening.abort();
		client.awareness.off("change", this.#onAwareness);
		this.#unfollow();
		for (const { view } of this.#remotes.values()) view.close();
		this.#remotes.clear();
		this.#layer.remove();
		if (this.#own !== "null" && client.awareness.getLocalState() !== null) {
			client.setPresence({ cursor: null });
		}
	}

	/** Whoever is followed is read along with: their caret stays in view. */
	#seekLeader(): void {
		const tab = followingOf(this.#parts.client).leader?.tab ?? null;
		const told = JSON.stringify(tab?.state.cursor ?? null);
		if (told === this.#leaderTold) return;
		this.#leaderTold = told;
		this.#sought = tab?.clientId ?? null;
		this.#schedule();
	}

	readonly #onAwareness = (change: Record<"added" | "updated" | "removed", number[]>): void => {
		for (const clientId of change.removed) this.#remove(clientId);
		this.#readStates([...change.added, ...change.updated]);
	};

	#readStates(clientIds: readonly number[]): void {
		const states = this.#parts.client.awareness.getStates();
		for (const clientId of clientIds) {
			if (clientId !== this.#parts.text.doc?.clientID) this.#read(clientId, states.get(clientId));
		}
		this.#schedule();
	}

	#read(clientId: number, state: Record<string, unknown> | undefined): void {
		const told = JSON.stringify(state?.["cursor"] ?? null);
		const range = this.#resolve(state?.["cursor"]);
		if (range === null) {
			this.#remove(clientId);
			return;
		}
		const known = this.#remotes.get(clientId);
		if (known === undefined && this.#remotes.size >= caretsMax) return;
		const remote = known ?? { view: new CaretView(this.#layer), told: "", anchor: 0, head: 0 };
		this.#remotes.set(clientId, remote);
		Object.assign(remote, range);
		const { name, color } = personOf(state?.["user"]);
		remote.view.dress(name, color, state?.["idle"] === true);
		if (remote.told !== told) remote.view.wake();
		remote.told = told;
	}

	#remove(clientId: number): void {
		this.#remotes.get(clientId)?.view.close();
		this.#remotes.delete(clientId);
	}

	/** Indexes of a stranger's cursor; null where it is none, or in another text. */
	#resolve(cursor: unknown): { anchor: number; head: number } | null {
		if (typeof cursor !== "object" || cursor === null) return null;
		if (!("anchor" in cursor) || !("head" in cursor)) return null;
		const anchor = this.#indexOf(cursor.anchor);
		const head = this.#indexOf(cursor.head);
		return anchor === null || head === null ? null : { anchor, head };
	}

	#indexOf(position: unknown): number | null {
		const { text } = this.#parts;
		if (typeof position !== "object" || position === null || text.doc === null) return null;
		try {
			const relative = Y.createRelativePositionFromJSON(position);
			const absolute = Y.createAbsolutePositionFromRelativePosition(relative, text.doc);
			return absolute?.type === text ? absolute.index : null;
		} catch {
			return null; // A stranger's state may hold anything.
		}
	}

	readonly #onEditorChange = (name: string, change: unknown): void => {
		if (name === "text-change") {
			for (const remote of this.#remotes.values()) {
				remote.anchor = (change as Delta).transformPosition(remote.anchor);
				remote.head = (change as Delta).transformPosition(remote.head);
			}
		}
		this.#schedule();
	};

	readonly #schedule = (): void => {
		if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#draw());
	};

	#draw(): void {
		this.#frame = 0;
		const { quill, screen } = this.#parts;
		this.#tellTimer ??= setTimeout(() => this.#tellOwn(), tellMs);
		// Positions of the doc mean nothing on a screen that is behind it.
		if (!screen.isCurrent || this.#remotes.size === 0) {
			if (!screen.isCurrent) this.#schedule();
			return;
		}
		const last = quill.getLength() - 1;
		for (const remote of this.#remotes.values()) {
			const head = Math.min(remote.head, last);
			remote.view.place(quill, Math.min(remote.anchor, last), head);
		}
		this.#revealSought();
	}

	#revealSought(): void {
		const view = this.#sought === null ? undefined : this.#remotes.get(this.#sought)?.view;
		if (view?.reveal() === true) this.#sought = null;
	}

	#tellOwn(): void {
		this.#tellTimer = undefined;
		const { quill, client } = this.#parts;
		const range = quill.hasFocus() ? quill.selection.lastRange : null;
		const cursor = range && this.#cursorOf(range);
		const told = JSON.stringify(cursor);
		if (told === this.#own || client.awareness.getLocalState() === null) return;
		this.#own = told;
		client.setPresence(cursor === null ? { cursor } : { cursor, surface: "document" });
	}

	/** As y-quill tells it. */
	#cursorOf({ index, length }: { index: number; length: number }): Cursor {
		const anchor = this.#relative(index);
		return { anchor, head: length === 0 ? anchor : this.#relative(index + length) };
	}

	#relative(index: number): unknown {
		return Y.relativePositionToJSON(this.#parts.screen.placeOf(index));
	}
}

function personOf(user: unknown): { name: string; color: string | null } {
	const given = typeof user === "object" && user !== null ? user : {};
	const name = "name" in given && typeof given.name === "string" ? given.name : "";
	const color = "color" in given && isPersonColor(given.color) ? given.color : null;
	return { name: name.slice(0, 60) || t("text.somebody"), color };
}
