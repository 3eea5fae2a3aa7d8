/** The contact sheet: one page with every picture, small, each a link to itself. */
import { type Markup, markup } from "../report/markup.ts";
import type { Shot } from "./shoot.ts";

/** The page; pictures are taken from the folder it lies in. */
export function renderSheet(shots: readonly Shot[]): string {
	const names = [...new Set(shots.map(({ state }) => state))];
	const rows = names.map((name) =>
		renderRow(
			name,
			shots.filter(({ state }) => state === name),
		),
	);
	return markup`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Weft: every state</title>
<style>
body { margin: 24px; background: #777; color: #fff; font: 15px/1.4 system-ui, sans-serif; }
h2 { margin: 28px 0 8px; font-size: 17px; }
div { display: flex; gap: 12px; align-items: flex-start; overflow-x: auto; }
img { display: block; height: 420px; border-radius: 4px; }
p { max-width: 40ch; margin: 0; padding: 12px; background: #7a0000; overflow-wrap: anywhere; }
a:focus-visible { outline: 3px solid #fff; }
</style>
<h1>Every state, light and dark, at 390, 820 and 1440 px</h1>
${rows}
</html>
`.source;
}

function renderRow(name: string, shots: readonly Shot[]): Markup {
	return markup`<section><h2>${name}</h2><div>${shots.map(renderShot)}</div></section>
`;
}

function renderShot({ state, width, theme, file, problem }: Shot): Markup {
	const title = `${state}, ${width} px, ${theme}`;
	if (problem !== null) return markup`<p>${title}: ${problem}</p>`;
	return markup`<a href="${file}" title="${title}"><img src="${file}" alt="${title}"
loading="lazy"></a>`;
}
