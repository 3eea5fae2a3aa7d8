/** Talk about what is on the board: begun at an item, marked beside it, seen by hovering it. */
import "./talk.css";
import type { Cancel } from "../../../shared/clock.ts";
import type { AboutItem } from "../../../shared/surfaces/about.ts";
import { anchorAtItem } from "../../../shared/surfaces/about-item.ts";
import { strokesOf } from "../../../shared/surfaces/root.ts";
import { talkedItemsOf } from "../../chat/about/items.ts";
import { WeftTalkCard } from "../../chat/about/talk-card.ts";
import { type Threads, threadsOf } from "../../chat/about/threads.ts";
import type { RoomClient } from "../../sync/room-client.ts";
import { t } from "../../ui/messages.ts";
import { showToast, type Toast } from "../../ui/toast.ts";
import { grow, overlaps, type Point, toBoard, toScreen } from "../camera.ts";
import type { Easel } from "../easel.ts";
import { isTouched, itemAt } from "../hit.ts";
import { nameWithAuthor } from "../outline.ts";
import type { SceneItem } from "../paint/scene-item.ts";
import { Glow } from "./glow.ts";
import { openItemMenu } from "./item-menu.ts";
import { Marks, type Talked } from "./marks.ts";
import { followPress } from "./press.ts";

/** How near a pointer must come to an item, in CSS pixels; a finger is thicker. */
const reachPixels = 6;
const fingerPixels = 14;
/** A board that was just brought on screen has a size within so many frames. */
const framesMax = 60;

/** What the talk needs of the board. */
export interface TalkPorts {
	readonly client: RoomClient;
	readonly easel: Easel;
	/** Takes the pointers. */
	readonly paper: HTMLElement;
	/** Empty, and lies over the paper. */
	readonly marks: HTMLElement;
	readonly tell: (toast: Toast) => void;
}

/** The talk about one board's items. `close()` it when the board goes. */
export class BoardTalk {
	readonly #ports: TalkPorts;
	readonly #threads: Threads;
	readonly #card = new WeftTalkCard();
	readonly #glow: Glow;
	readonly #marks: Marks;
	readonly #cancels: Cancel[];
	/** Follows items only while some are talked about. */
	#unfollow: Cancel | null = null;
	#talked: readonly Talked[] = [];
	#pointer: Point | null = null;
	#frame = 0;
	/** Takes away that something must be chosen first. */
	#unask: Cancel = () => undefined;

	constructor(ports: TalkPorts) {
		this.#ports = ports;
		const { client, easel, marks, paper } = ports;
		this.#threads = threadsOf(client);
		this.#glow = new Glow(easel, () => getComputedStyle(marks).color);
		this.#card.client = client;
		marks.after(this.#card);
		this.#marks = new Marks(marks, {
			easel,
			point: (talked, mark) => this.#point(talked, mark),
			open: ({ thread }, mark) => void this.#card.open({ thread, place: mark }),
		});
		this.#cancels = [
			this.#threads.on(() => this.#look()),
			easel.stage.onCamera(() => {
				this.#card.point(null);
				this.#card.close();
				this.#marks.place();
			}),
			followPress(paper, {
				hovered: (screen) => this.#hover(screen),
				pressed: () => this.#point(null, null),
				asked: (screen, isFinger) => this.#ask(screen, isFinger),
				mayHold: () => easel.tools.isPenMode || easel.tool === "select" || easel.tool === "hand",
			}),
		];
		this.#look();
	}

	/** Begins a message about what is chosen or pointed at. */
	start(): void {
		const item = this.#meant();
		this.#unask();
		if (item === null) this.#unask = showToast({ text: t("board.talk.which") });
		else this.#talkAbout(item);
	}

	/** Says who made what is chosen or pointed at. */
	sayWho(): void {
		const item = this.#meant();
		this.#ports.tell({ text: item === null ? t("board.talk.which") : this.#wordsOf(item) });
	}

	/** Brings an item into view that somebody spoke of. */
	async show(about: AboutItem): Promise<void> {
		const { client, easel, tell } = this.#ports;
		await client.ready;
		for (let frame = 0; easel.stage.size.width === 0 && frame < framesMax; frame++) {
			await new Promise(requestAnimationFrame);
		}
		const item = easel.scene.itemOf(talkedItemsOf(client).find(about));
		if (item === null) {
			tell({ text: t("board.talk.gone") });
			return;
		}
		easel.view.show(item.box);
		this.#glow.flash(item.id);
	}

	/** Looks with the next frame where everything is now. */
	lookSoon(): void {
		if (this.#threads.items.length === 0 || this.#frame !== 0) return;
		this.#frame = requestAnimationFrame(() => {
			this.#frame = 0;
			this.#look();
		});
	}

	/** Safe to call twice. */
	close(): void {
		cancelAnimationFrame(this.#frame);
		this.#unask();
		for (const cancel of this.#cancels.splice(0)) cancel();
		this.#unfollow?.();
		this.#unfollow = null;
		this.#card.remove();
		this.#marks.close();
	}

	#look(): void {
		const { client, easel } = this.#ports;
		const { items: threads } = this.#threads;
		if (threads.length > 0) this.#unfollow ??= talkedItemsOf(client).on(() => this.lookSoon());
		const talked = new Map<number, Talked>();
		for (const thread of threads) {
			const item = easel.scene.itemOf(talkedItemsOf(client).find(thread.about));
			if (item === null) continue;
			// What was erased and brought back may have been spoken of by both of its names.
			const messages = [...(talked.get(item.id)?.thread.messages ?? []), ...thread.messages];
			talked.set(item.id, { item, thread: { ...thread, messages } });
		}
		this.#talked = [...talked.values()];
		this.#marks.show(this.#talked);
	}

	#hover(screen: Point | null): void {
		this.#pointer = screen;
		if (this.#talked.length === 0) return;
		if (screen === null || this.#ports.easel.tools.isBusy) {
			this.#point(null, null);
			return;
		}
		const talked = this.#talkedAt(screen);
		const { left, top } = this.#ports.paper.getBoundingClientRect();
		const place = new DOMRect(left + screen.x - 8, top + screen.y - 8, 16, 16);
		this.#point(talked, { getBoundingClientRect: () => place });
	}

	/** Only what is talked about is looked at, however much is on the board. */
	#talkedAt(screen: Point): Talked | null {
		const { camera } = this.#ports.easel.stage;
		const at = toBoard(camera, screen);
		const reach = reachPixels / camera.zoom;
		const spot = grow({ minX: at.x, minY: at.y, maxX: at.x, maxY: at.y }, reach);
		const hits = this.#talked.filter(
			({ item }) => overlaps(item.box, spot) && isTouched(item, [at, at], reach),
		);
		return hits.reduce<Talked | null>(
			(top, hit) => (top === null || hit.item.order >= top.item.order ? hit : top),
			null,
		);
	}

	#point(talked: Talked | null, place: { getBoundingClientRect(): DOMRect } | null): void {
		this.#glow.show(talked?.item.id ?? null);
		this.#card.point(talked === null || place === null ? null : { thread: talked.thread, place });
	}

	/** Somebody asks what can be done with what is there; without a point, with what is chosen. */
	#ask(screen: Point | null, isFinger: boolean): boolean {
		const { client, easel, paper } = this.#ports;
		if (easel.tools.isBusy && !isFinger) return false;
		const item =
			screen === null
				? this.#chosen()
				: itemAt(easel, screen, isFinger ? fingerPixels : reachPixels);
		if (item === null) return false;
		easel.tools.giveUp();
		if (!client.may("chat")) {
			this.#ports.tell({ text: this.#wordsOf(item) });
			return true;
		}
		this.#card.close();
		this.#glow.show(item.id);
		const { left, top } = paper.getBoundingClientRect();
		const middle = { x: (item.box.minX + item.box.maxX) / 2, y: item.box.maxY };
		const at = screen ?? toScreen(easel.stage.camera, middle);
		openItemMenu(paper, {
			place: new DOMRect(left + at.x, top + at.y, 0, 0),
			words: this.#wordsOf(item),
			talk: () => this.#talkAbout(item),
			closed: () => this.#glow.show(null),
		});
		return true;
	}

	#wordsOf(item: SceneItem): string {
		const { client, easel } = this.#ports;
		const [entry] = easel.scene.valuesOf([item.id]);
		return nameWithAuthor(client, item, entry);
	}

	#meant(): SceneItem | null {
		const isPointing = this.#pointer !== null && this.#chosen() === null;
		return isPointing && this.#pointer !== null
			? itemAt(this.#ports.easel, this.#pointer, reachPixels)
			: this.#chosen();
	}

	/** The uppermost of what is chosen. */
	#chosen(): SceneItem | null {
		const { scene, tools } = this.#ports.easel;
		const items = [...tools.chosen].flatMap((id) => scene.get(id) ?? []);
		return items.toSorted((a, b) => a.order - b.order).at(-1) ?? null;
	}

	#talkAbout(item: SceneItem): void {
		const { client, easel, tell } = this.#ports;
		this.#unask();
		const known = this.#talked.find((talked) => talked.item.id === item.id);
		const [entry] = easel.scene.valuesOf([item.id]);
		const anchor = known?.thread.anchor ?? anchorAtItem(strokesOf(client.doc), entry);
		if (anchor === null) {
			tell({ text: t("board.talk.gone") });
			return;
		}
		this.#card.close();
		document.dispatchEvent(new CustomEvent("weft-talk", { detail: { anchor } }));
	}
}
