/** What a person can tell who runs the server, so that its log says what went wrong. */
import { WeftError } from "../../../shared/errors.ts";
import { sayFailure, t } from "../messages.ts";

/** `words`, and the id of the failure where the server told one. */
export function withFaultId(words: string, error: unknown): string {
	if (!(error instanceof WeftError) || error.id === null) return words;
	return `${words} ${t("frame.faultId", { id: error.id })}`;
}

/** The sentence of what the server answered; `otherwise` where it did not. */
export function sayFault(error: unknown, otherwise: string): string {
	return error instanceof WeftError ? withFaultId(sayFailure(error.code), error) : otherwise;
}
