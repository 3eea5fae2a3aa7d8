import { expect, test } from "vitest";
import { sayUpload, seenState } from "../../../../web/photos/upload/say-upload.ts";
import type { UploadState } from "../../../../web/photos/upload/upload-state.ts";
import type { RoomStatus } from "../../../../web/sync/status.ts";

const offline: RoomStatus = { phase: "offline", copy: "kept", waiting: 1, because: null };
const saved: RoomStatus = { phase: "saved", copy: "kept", atMs: 0 };

const told = (state: UploadState, status: RoomStatus): string =>
	sayUpload(seenState(state, status), status);

test("without a network a photo waits for it, however far it came", () => {
	for (const state of [
		{ phase: "waiting" },
		{ phase: "waiting", because: "photo_unsent" },
		{ phase: "sending", share: 0 },
		{ phase: "sending", share: 0.4 },
		{ phase: "making" },
	] as const) {
		expect(told(state, offline)).toBe("Waiting for the network");
	}
	expect(told({ phase: "shared" }, offline)).toBe("Shared");
});

test("with a network it says how far it is", () => {
	expect(told({ phase: "waiting" }, saved)).toBe("Waiting to be sent");
	expect(told({ phase: "sending", share: 0.404 }, saved)).toBe("Sending: 40 %");
	expect(told({ phase: "making" }, saved)).toBe("Almost there");
	expect(told({ phase: "shared" }, saved)).toBe("Shared");
});
