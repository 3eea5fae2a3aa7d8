import { expect, test } from "vitest";
import { isSettled, lightOf } from "../../../../web/presence/light/light-view.ts";
import type { RoomPhase } from "../../../../web/sync/status.ts";
import { isUrgent } from "../../../../web/sync/status.ts";

const table: [RoomPhase, { tone: string; label: RegExp; canTryNow?: boolean }][] = [
	[{ phase: "loading" }, { tone: "busy", label: /^Opening$/ }],
	[{ phase: "device" }, { tone: "busy", label: /^On this device$/ }],
	[
		{ phase: "saving", sinceMs: 0 },
		{ tone: "busy", label: /^Sending$/ },
	],
	[
		{ phase: "saved", atMs: 0 },
		{ tone: "quiet", label: /^Saved .*\d/ },
	],
	[{ phase: "sent" }, { tone: "quiet", label: /^Sent$/ }],
	[
		{ phase: "offline", waiting: 0, because: null },
		{ tone: "warn", label: /^Offline$/, canTryNow: true },
	],
	[
		{ phase: "offline", waiting: 1, because: null },
		{ tone: "warn", label: /1 change waiting$/, canTryNow: true },
	],
	[
		{ phase: "offline", waiting: 3, because: "server_full" },
		{ tone: "warn", label: /3 changes waiting$/, canTryNow: true },
	],
	[
		{ phase: "readOnly", code: "disk_full", waiting: 2 },
		{ tone: "bad", label: /^Not saved: disk full$/ },
	],
	[
		{ phase: "refused", code: "room_full", waiting: 0 },
		{ tone: "bad", label: /^Stopped$/ },
	],
	[
		{ phase: "refused", code: "app_too_old", waiting: 0 },
		{ tone: "bad", label: /^Stopped$/ },
	],
	[
		{ phase: "refused", code: "refused_update", waiting: 1 },
		{ tone: "bad", label: /^Stopped$/ },
	],
];

test.each(table)("%o", (phase, { tone, label, canTryNow }) => {
	const light = lightOf({ ...phase, copy: "kept" }, 1_000);
	expect(light.tone).toBe(tone);
	expect(light.label).toMatch(label);
	expect(light.detail).toMatch(/\.$/);
	expect(light.canTryNow).toBe(canTryNow ?? false);
});

test("the word saved stands only where the server said so", () => {
	for (const [phase] of table) {
		const { label, tone } = lightOf({ ...phase, copy: "kept" }, 0);
		expect(/^saved/i.test(label)).toBe(phase.phase === "saved");
		expect(tone === "quiet").toBe(isSettled({ ...phase, copy: "kept" }, 0));
	}
});

test("what must be told at once is a disk that takes nothing and a refusal", () => {
	const urgent = table.filter(([phase]) => isUrgent({ ...phase, copy: "off" }));
	expect(new Set(urgent.map(([{ phase }]) => phase))).toEqual(new Set(["readOnly", "refused"]));
});

test("the reason of a busy server is told", () => {
	const light = lightOf({ phase: "offline", waiting: 0, because: "server_full", copy: "kept" }, 0);
	expect(light.detail).toBe("The server is busy. Trying again soon.");
});

test("photos on their way are told where else it would say saved", () => {
	const status = { phase: "saved", atMs: 0, copy: "kept" } as const;
	expect(isSettled(status, 2)).toBe(false);
	const light = lightOf(status, 0, 2);
	expect(light).toMatchObject({ tone: "busy", label: "Sending 2 photos" });
	const offline = { phase: "offline", waiting: 1, because: null, copy: "kept" } as const;
	expect(lightOf(offline, 0, 2).label).toMatch(/1 change waiting$/);
});
