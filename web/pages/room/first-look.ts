/** What a room shows first on this device, known before any of its code is here. */
import { type SurfaceName, surfaceNames } from "../../../shared/awareness.ts";
import { deviceMemory } from "../../sync/me.ts";
import { whenIdle } from "../../ui/idle.ts";
import { clampSplit } from "./divider.ts";
import { type Choice, firstChoice, layoutOf, sizeOf } from "./layout.ts";
import { loadSurface } from "./surfaces.ts";

const keys = { surface: "weft:surface", split: "weft:split", percent: "weft:split-percent" };

/** The choice for what the address asks for and what this device remembers. */
export function firstLook(asked: SurfaceName | null): Choice {
	const memory = deviceMemory();
	return firstChoice({
		size: sizeOf(innerWidth),
		asked,
		last: surfaceNames.find((name) => name === memory?.getItem(keys.surface)) ?? null,
		isSplit: memory?.getItem(keys.split) !== "off",
	});
}

/** The surfaces that are seen at first. */
export function firstPanes(asked: SurfaceName | null): readonly SurfaceName[] {
	return layoutOf(sizeOf(innerWidth), firstLook(asked)).panes;
}

/** Fetches the code of surfaces, before somebody asks for it. */
export function preload(surfaces: readonly SurfaceName[]): void {
	for (const surface of surfaces) {
		loadSurface(surface).catch((error: unknown) => console.info("Not preloaded:", error));
	}
}

/** Fetches the rest of the room when it is quiet, so that every surface works without a network. */
export function preloadTheRest(): void {
	whenIdle(() => preload(surfaceNames));
}

/** Opens here next time, on a phone. */
export function rememberSurface(surface: SurfaceName): void {
	deviceMemory()?.setItem(keys.surface, surface);
}

/** Document and board side by side, or not. */
export function rememberSplit(isSplit: boolean): void {
	deviceMemory()?.setItem(keys.split, isSplit ? "on" : "off");
}

/** How wide the document is beside the board, in percent. */
export function rememberPercent(percent: number): void {
	deviceMemory()?.setItem(keys.percent, String(Math.round(percent)));
}

/** See `rememberPercent`; the middle where nothing is remembered. */
export function rememberedPercent(): number {
	return clampSplit(Number(deviceMemory()?.getItem(keys.percent) ?? 50));
}
