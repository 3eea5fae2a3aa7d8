/** An SVG has what its writer lists, whatever people and strangers put on the board. */
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import type { PhotoId } from "../../../../shared/ids.ts";
import { addPhoto } from "../../../../shared/surfaces/arrange/edits.ts";
import { addStroke } from "../../../../shared/surfaces/board.ts";
import { plainLook } from "../../../../shared/surfaces/item-look.ts";
import { addShape } from "../../../../shared/surfaces/shapes.ts";
import { itemKinds } from "../../../../shared/surfaces/stroke-codec.ts";
import { addWords, lettersOf } from "../../../../shared/surfaces/words/words.ts";
import { Scene } from "../../../../web/board/scene.ts";
import { writeSvg } from "../../../../web/board/svg/svg.ts";
import { escapeXml } from "../../../../web/board/svg/svg-text.ts";
import { WordsLayer } from "../../../../web/board/words/layout.ts";

const photo = "AAAAAAAAAAAAAAAAAAAAAA" as PhotoId;
const look = { fill: "tint", dash: "dashed", opacity: 50 } as const;
const hostile = `"/><script>alert(1)</script><a href='javascript:1' onload="x`;

function boardWith(fill: (board: Y.Array<unknown>) => void): Scene {
	const board = new Y.Doc().getArray<unknown>("strokes");
	fill(board);
	return new Scene(board, () => undefined);
}

async function svgOf(scene: Scene, rest: Partial<Parameters<typeof writeSvg>[1]> = {}) {
	const pieces = await writeSvg(scene.items(), {
		box: { minX: -10, minY: -10, maxX: 90, maxY: 90 },
		theme: "light",
		paper: "rgb(255, 255, 255)",
		title: "Garden",
		photos: new Map(),
		baseline: () => 20,
		pause: () => undefined,
		...rest,
	});
	return pieces.join("");
}

/** Tags with the names of their attributes, as any reader of XML finds them. */
function tagsIn(svg: string): string[] {
	return [...svg.matchAll(/<(\/?[\w?]+)((?:\s+[\w:-]+="[^"<]*")*)\s*[/?]?>/g)].map(
		([, tag, attributes = ""]) =>
			[tag, ...[...attributes.matchAll(/([\w:-]+)="/g)].map(([, name]) => name)].join(" "),
	);
}

const ends = "stroke-linecap stroke-linejoin";

const stroke = {
	kind: "pen",
	color: 2,
	width: 1,
	points: Float64Array.of(0, 0, 30, 40, 60, 10),
	pressures: null,
	times: null,
} as const;

describe("an SVG of the board", () => {
	test("every kind of item is written with tags and attributes of the list", async () => {
		const scene = boardWith((board) => {
			addStroke(board, stroke);
			addStroke(board, { ...stroke, kind: "highlighter" });
			for (const kind of ["rectangle", "ellipse", "diamond", "line", "arrow"] as const) {
				addShape(board, { kind, color: 1, width: 0, look, points: [0, 0, 40, 20] });
			}
			addPhoto(board, photo, { minX: 0, minY: 0, maxX: 9, maxY: 9 });
		});
		const photos = new Map([[photo, "data:image/png;base64,AAAA"]]);
		const svg = await svgOf(scene, { photos });
		expect([...new Set(tagsIn(svg))].sort()).toEqual([
			"/svg",
			"/title",
			"?xml version encoding",
			"image x y width height opacity preserveAspectRatio href",
			"path d fill",
			"path d fill fill-opacity",
			`path d fill stroke stroke-opacity stroke-width ${ends} stroke-dasharray`,
			"rect x y width height fill",
			"svg xmlns width height viewBox",
			"title",
		]);
		// What is no tag is the title: nothing stands between them.
		expect(svg.replace(/<[^>]*>/g, "").trim()).toBe("Garden");
		for (const [, d = ""] of svg.matchAll(/ d="([^"]*)"/g)) expect(d).toMatch(/^[MlqazM\d. -]+$/);
	});

	test("hostile titles, colours, papers and photos stay words, or stay out", async () => {
		const scene = boardWith((board) => {
			board.push([{ points: [0, 0, 5, 5], color: hostile, width: 3 }]);
			board.push([{ points: [0, 0, 5, 5], color: 'red" onload="x', width: 3 }]);
			addPhoto(board, photo, { minX: 0, minY: 0, maxX: 9, maxY: 9 });
		});
		const addresses = [
			"https://evil.example/x.png",
			"data:image/svg+xml;base64,AAAA",
			`data:image/png;base64,AAAA${hostile}`,
			"javascript:1",
		];
		for (const address of addresses) {
			const photos = new Map([[photo, address]]);
			const svg = await svgOf(scene, { title: hostile, paper: hostile, photos });
			expect([...new Set(tagsIn(svg))].sort()).toEqual([
				"/svg",
				"/title",
				"?xml version encoding",
				"path d fill",
				"rect x y width height fill",
				"svg xmlns width height viewBox",
				"title",
			]);
			expect(svg).not.toMatch(/script>|javascript:1"|onload="|evil/);
		}
	});

	test("words are written line by line, and stay words", async () => {
		const board = new Y.Doc().getArray<unknown>("strokes");
		const box = { minX: 0, minY: 0, maxX: 200, maxY: 80 };
		const words = { color: 4, size: 1, look: plainLook, box };
		addWords(board, { ...words, kind: "note", text: `buy\n${hostile}` });
		addWords(board, { ...words, kind: "text", text: "שלום" });
		const shape = { kind: "ellipse", color: 7, width: 0, points: [0, 0, 200, 80] } as const;
		const solid = { ...plainLook, fill: "solid" } as const;
		lettersOf(addShape(board, { ...shape, look: solid }))?.insert(0, "in it");
		const layer = new WordsLayer((text, size) => text.length * size);
		const scene = new Scene(board, () => undefined);
		const items = scene.items().map((one) => {
			const laid = layer.lay(one.item);
			return laid === null ? one : { ...one, words: laid };
		});
		const svg = await svgOf({ items: () => items } as unknown as Scene);
		expect([...new Set(tagsIn(svg))].sort()).toEqual([
			"/g",
			"/svg",
			"/text",
			"/title",
			"?xml version encoding",
			"g font-family font-size fill fill-opacity text-rendering xml:space",
			"g font-family font-size fill fill-opacity text-rendering xml:space text-anchor",
			"path d fill",
			`path d fill stroke stroke-width ${ends}`,
			"rect x y width height fill",
			"rect x y width height rx fill fill-opacity",
			"svg xmlns width height viewBox",
			"text x y",
			"text x y direction",
			"title",
		]);
		expect(svg).toContain('<text x="16" y="36">buy</text>');
		expect(svg).toContain('direction="rtl">שלום</text>');
		// In the middle of the shape, light on what is dark.
		expect(svg).toMatch(/fill="#f6f4f0"[^>]* text-anchor="middle">\n<text x="100" y="47">in it</);
	});

	test("letters that XML has not are left out, whole pairs stay", () => {
		expect(escapeXml("a\u0000\u0008\ud800b\ufffe 🌷<&>\"'")).toBe("ab 🌷&lt;&amp;&gt;&quot;&#39;");
	});

	test("an item that is damaged behind its box is left out, and no other", async () => {
		const scene = boardWith((board) => addStroke(board, stroke));
		const [good] = scene.items();
		if (good === undefined) throw new Error("no stroke");
		const parts = [Uint8Array.of(1, itemKinds.pen, 0, 1)];
		const bad = { ...good, item: { ...good.item, parts } };
		const both = { items: () => [bad, good] } as unknown as Scene;
		expect((await svgOf(both)).match(/<path/g)).toHaveLength(1);
	});

	test("who gives up gets nothing", async () => {
		const scene = boardWith((board) => addStroke(board, stroke));
		const pause = () => {
			throw new Error("given up");
		};
		await expect(svgOf(scene, { pause })).rejects.toThrow("given up");
	});
});
