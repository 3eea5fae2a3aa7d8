/**
 * lib0's broadcastchannel for who tells other tabs nothing: each tab has a connection of its own,
 * and `RoomClient` switches this off (`disableBc`).
 */

const nothing = (): void => undefined;

/** Hears nothing. */
export const subscribe = nothing;

/** Ends nothing. */
export const unsubscribe = nothing;

/** Tells nobody. */
export const publish = nothing;
