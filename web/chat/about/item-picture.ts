/** A small picture of an item of the board, or the news that it is gone. */
import { html, LitElement, type nothing, svg, type TemplateResult } from "lit";
import type { Cancel } from "../../../shared/clock.ts";
import type { AboutItem } from "../../../shared/surfaces/about.ts";
import { type BoardItem, readItem } from "../../../shared/surfaces/board.ts";
import type { Bounds } from "../../../shared/surfaces/stroke-codec.ts";
import { cutText } from "../../../shared/surfaces/words/letters.ts";
import type { RoomClient } from "../../sync/room-client.ts";
import { colorOf } from "../../ui/colors/palette.ts";
import { icon } from "../../ui/icons.ts";
import { t } from "../../ui/messages.ts";
import { talkedItemsOf } from "./items.ts";
import "../../photos/photo-image.ts";

/** Makes outlines of items. */
type Drawing = Pick<
	typeof import("../../../shared/surfaces/item-outline.ts"),
	"itemBounds" | "itemLines"
>;

/** Side of the picture, in its own units. */
const side = 44;
/** Air around the line. */
const air = 6;
/** Letters of words: what a line of the chat has room for. */
const lettersMax = 80;
/** Points of a line that small. */
const pointsMax = 120;

/** `<weft-talked-item .client .about>`: picture and words, for the inside of a button. */
export class WeftTalkedItem extends LitElement {
	static override readonly properties = {
		client: { attribute: false },
		about: { attribute: false },
		entry: { state: true },
		draw: { state: true },
	};

	declare client: RoomClient;
	declare about: AboutItem;
	/** Its entry in the doc; null where it is gone. */
	declare entry: unknown;
	/** What outlines are made with; null before its code is here. */
	declare draw: Drawing | null;
	#cancel: Cancel = () => undefined;

	constructor() {
		super();
		this.entry = null;
		this.draw = null;
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		if (this.client !== undefined) this.#follow();
		void this.#fetchDrawing();
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.#cancel();
	}

	protected override willUpdate(changed: ReadonlyMap<PropertyKey, unknown>): void {
		if (changed.has("client")) this.#follow();
		else if (changed.has("about")) this.#look();
	}

	protected override render(): TemplateResult {
		const item = this.entry === null ? null : readItem(this.entry);
		const words = t(item === null ? "chat.about.itemGone" : "chat.about.item");
		return html`${item === null ? icon("board") : this.#renderPicture(item)}
			<span class="weft-chat-about__words">${lettersOf(item) || words}</span>`;
	}

	#renderPicture(item: BoardItem): TemplateResult | typeof nothing {
		if (item.kind === "text") return icon("board");
		if (item.photo === null) {
			return this.draw === null ? icon("board") : renderLine(item, this.draw);
		}
		return html`<weft-photo-image
			.client=${this.client}
			.photo=${item.photo}
			size="thumb"
		></weft-photo-image>`;
	}

	#follow(): void {
		this.#cancel();
		this.#cancel = talkedItemsOf(this.client).on(() => this.#look());
		this.#look();
	}

	async #fetchDrawing(): Promise<void> {
		try {
			this.draw = await import("../../../shared/surfaces/item-outline.ts");
		} catch (error) {
			console.info("No picture of an item:", error); // Its words are there.
		}
	}

	#look(): void {
		this.entry = talkedItemsOf(this.client).find(this.about);
	}
}

/** What a text or a note begins with; empty for others. */
function lettersOf(item: BoardItem | null): string {
	const text = item?.text?.replace(/\s+/g, " ").trim() ?? "";
	return cutText(text, lettersMax);
}

function renderLine(item: BoardItem, draw: Drawing): TemplateResult {
	const lines = linesOf(item, draw);
	const [light, dark] = [colorOf(item.color, "light"), colorOf(item.color, "dark")];
	return html`<svg class="weft-chat-about__line" viewBox="0 0 ${side} ${side}" aria-hidden="true">
		${lines.map(
			(line) =>
				svg`<polyline points=${line} .style=${`stroke: light-dark(${light}, ${dark})`}></polyline>`,
		)}
	</svg>`;
}

/** Its points on the picture, a line for each part of it: in the middle, as large as it goes. */
function linesOf(item: BoardItem, draw: Drawing): string[] {
	const { lines, box } = readDrawing(item, draw);
	const scale = Math.min(
		1,
		(side - 2 * air) / Math.max(1, box.maxX - box.minX, box.maxY - box.minY),
	);
	const middle = [(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2] as const;
	return lines.map((points) => {
		const count = points.length / 2;
		const step = Math.max(1, Math.ceil(count / pointsMax));
		const kept: string[] = [];
		for (let index = 0; index < count; index += step) {
			const x = ((points[index * 2] ?? 0) - middle[0]) * scale + side / 2;
			const y = ((points[index * 2 + 1] ?? 0) - middle[1]) * scale + side / 2;
			kept.push(`${x.toFixed(1)},${y.toFixed(1)}`);
		}
		// A point is a line of no length: with round ends it is a dot.
		return (kept.length === 1 ? [...kept, ...kept] : kept).join(" ");
	});
}

/** No lines where the item is damaged behind its head. */
function readDrawing(
	item: BoardItem,
	{ itemLines, itemBounds }: Drawing,
): { readonly lines: readonly Float64Array[]; readonly box: Bounds } {
	const nothingThere = { minX: 0, minY: 0, maxX: 0, maxY: 0 };
	try {
		return { lines: itemLines(item), box: itemBounds(item) ?? nothingThere };
	} catch {
		return { lines: [], box: nothingThere }; // Not drawn on the board either.
	}
}

customElements.define("weft-talked-item", WeftTalkedItem);
