/** The board, or what is chosen of it, as a file or on paper. */
import { roomTitle } from "../../sync/access/room-title.ts";
import type { RoomClient } from "../../sync/room-client.ts";
import type { MessageKey } from "../../ui/messages.ts";
import { t } from "../../ui/messages.ts";
import { download } from "../../ui/take-out.ts";
import type { Easel } from "../easel.ts";
import { writeSvg } from "../svg/svg.ts";
import { picturesOf } from "../svg/svg-photos.ts";
import type { Baseline } from "../svg/svg-words.ts";
import { baselineIn, setFont } from "../words/font.ts";
import { carriedItemsMax, writeItems } from "./format.ts";
import { type Part, paperOfPrint, partOf, pngOf } from "./picture.ts";
import { printPicture } from "./print.ts";
import { GivenUp, Progress } from "./progress.ts";

/** What a board leaves the room as. */
export const outFormats = ["png", "svg", "json", "print"] as const;
/** One of them. */
export type OutFormat = (typeof outFormats)[number];

/** What taking out needs of its board. */
export interface OutPorts {
	readonly client: RoomClient;
	readonly easel: Easel;
	/** Where progress is shown. */
	readonly host: HTMLElement;
	readonly toast: (text: string) => void;
}

/** Hands it over; says so where that cannot be. */
export async function takeOut(format: OutFormat, ports: OutPorts): Promise<void> {
	const { easel, host, toast } = ports;
	const part = partOf(easel.scene, easel.tools.chosen);
	if (part === null) return toast(t("carry.nothing"));
	const progress = new Progress(host);
	try {
		const failure = await makers[format](part, ports, progress);
		if (failure !== null) toast(t(failure, { count: carriedItemsMax }));
	} catch (error) {
		if (error instanceof GivenUp) return;
		console.warn("The board was not taken out:", error);
		toast(t("carry.failed"));
	} finally {
		progress.end();
	}
}

type Make = (part: Part, ports: OutPorts, progress: Progress) => Promise<MessageKey | null>;

const makers: Readonly<Record<OutFormat, Make>> = {
	png: async (part, { client, easel }, progress) => {
		progress.show();
		const picture = await pngOf(part, easel.stage);
		if (picture === null) return "carry.tooLarge";
		download(picture, fileName(client, "png"));
		return null;
	},
	svg: async (part, ports, progress) => {
		const { painter } = ports.easel.stage.layer;
		const paper = { theme: painter.theme, paper: ports.easel.stage.paperColor };
		const pieces = await svgOf(part, ports, { ...paper, progress });
		download(new Blob(pieces, { type: "image/svg+xml" }), fileName(ports.client, "svg"));
		return null;
	},
	json: async (part, { client, easel }) => {
		if (part.items.length > carriedItemsMax) return "carry.tooMuch";
		const file = new Blob([jsonOf(part, easel)], { type: "application/json" });
		download(file, fileName(client, "weft.json"));
		return null;
	},
	print: async (part, ports, progress) => {
		const pieces = await svgOf(part, ports, { ...paperOfPrint, progress });
		progress.end();
		await printPicture(new Blob(pieces, { type: "image/svg+xml" }), part.box);
		return null;
	},
};

/** The items of a part as the clipboard has them. */
export function jsonOf({ items }: Part, { scene }: Easel): string {
	return writeItems(items.flatMap(({ id }) => [...scene.valuesOf([id])]));
}

async function svgOf(
	{ items, box }: Part,
	{ client }: OutPorts,
	{ progress, ...paper }: typeof paperOfPrint & { readonly progress: Progress },
): Promise<string[]> {
	const photoIds = items.flatMap(({ item }) => item.photo ?? []);
	// Photos are the first tenth of the way, if there are some.
	const photos = await picturesOf(client, photoIds, (count) =>
		progress.pause((0.1 * count) / photoIds.length),
	);
	return writeSvg(items, {
		...paper,
		box,
		photos,
		baseline: openBaseline(),
		title: roomTitle(client),
		pause: (count) => progress.pause(0.1 + (0.9 * count) / items.length),
	});
}

/** As the board's own painter sets letters. */
function openBaseline(): Baseline {
	const context = document.createElement("canvas").getContext("2d");
	if (context === null) throw new Error("this browser has no 2d canvas");
	return (size, lineHeight) => {
		setFont(context, size);
		return baselineIn(context, lineHeight);
	};
}

/** Longest part of a name that is the room's: some systems take no more than 255 bytes. */
const titleLengthMax = 60;
/** What Windows, macOS or Linux refuse in a name, and signs that only turn writing around. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it finds.
const strange = /[\u0000-\u001f\u007f\u2066-\u2069<>:"/\\|?*\s]+/g;

/** By the room and the day: `Summer party board 2026-11-22.png`. */
function fileName(client: RoomClient, ending: string): string {
	const clean = roomTitle(client)
		.replace(strange, " ")
		.trim()
		.replace(/^[. ]+/, "");
	const room = Array.from(clean).slice(0, titleLengthMax).join("");
	const now = new Date();
	const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()]
		.map((part) => String(part).padStart(2, "0"))
		.join("-");
	return `${t("carry.fileName", { room, day }).replace(strange, " ").trim()}.${ending}`;
}
