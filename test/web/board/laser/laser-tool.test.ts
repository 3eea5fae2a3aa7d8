import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { decodeLaser } from "../../../../shared/surfaces/ink/laser.ts";
import { homeCamera } from "../../../../web/board/camera.ts";
import { LaserTool } from "../../../../web/board/laser/laser-tool.ts";
import type { Stage } from "../../../../web/board/stage.ts";
import type { Press } from "../../../../web/board/tools/tool.ts";

beforeEach(() => {
	vi.useFakeTimers();
	vi.stubGlobal("window", globalThis);
});

afterEach(() => {
	vi.unstubAllGlobals();
	vi.useRealTimers();
});

/** A laser in somebody's hand, and the trail of each message that was sent of it. */
function pointed() {
	const sent: (number | undefined)[] = [];
	const stage = {
		camera: homeCamera,
		size: { width: 800, height: 600 },
		layer: { painter: { theme: "light" } },
		addOverlay: () => undefined,
		requestFrame: () => undefined,
	} as unknown as Stage;
	const me = { id: "g_ann", name: "Ann", color: "#b3261e" };
	const laser = new LaserTool({
		client: { me, sendInk: (ink) => void sent.push(decodeLaser(ink)?.trail) },
		stage,
		pointed: () => undefined,
	});
	return { laser, sent };
}

function pressAt(x: number): Press {
	const at = { x, y: 10 };
	const keys = { isShift: false, isAlt: false, isCtrl: false };
	return { sample: { at, screen: at, pressure: null, ...keys }, pointerType: "mouse" };
}

test("a light that rests is told again four times a second, and no more once it is out", () => {
	const { laser, sent } = pointed();
	laser.down(pressAt(10));
	vi.advanceTimersByTime(1_000);
	expect(sent).toHaveLength(5);
	laser.up();
	vi.advanceTimersByTime(1_000);
	expect(sent).toHaveLength(5);
});

test("a hand that takes over from the keys leads one light, and not two", () => {
	const { laser, sent } = pointed();
	laser.enter();
	vi.advanceTimersByTime(100);
	laser.down(pressAt(10));
	sent.length = 0;
	vi.advanceTimersByTime(1_000);
	expect(sent).toHaveLength(4);
	laser.up();
	vi.advanceTimersByTime(2_000);
	expect(sent).toHaveLength(4);
});
