/** An upload in words. */
import type { RoomStatus } from "../../sync/status.ts";
import { t } from "../../ui/messages.ts";
import "../../ui/messages/photos.ts";
import type { UploadState } from "./upload-state.ts";

/** What is known of the upload; without a network it waits, wherever it was. */
export function seenState(state: UploadState, { phase }: RoomStatus): UploadState {
	return phase === "offline" && state.phase !== "shared" ? { phase: "waiting" } : state;
}

/** What a person reads. */
export function sayUpload(state: UploadState, status: RoomStatus): string {
	const { phase } = state;
	if (phase === "waiting" && status.phase === "offline") return t("photos.offline");
	const percent = phase === "sending" ? Math.round(state.share * 100) : 0;
	return t(`photos.${phase}`, { percent });
}
