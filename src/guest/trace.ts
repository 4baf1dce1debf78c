/** Batches of trace events, which guests of Hyperlight hand over that were built with its feature `trace_guest`. */

import { WireError } from "./error.ts";
import { Message } from "./message.ts";

/** A key and its value, as a span or an event carries them. */
export interface TraceField {
  /** The key. */
  readonly key: string;
  /** The value, as text. */
  readonly value: string;
}

/** What happened in a guest. Times are those of its time-stamp counter. */
export type TraceEvent =
  | {
    readonly kind: "open";
    readonly id: bigint;
    /** The span around this one; undefined at the top. */
    readonly parent: bigint | undefined;
    readonly name: string;
    readonly target: string;
    readonly tsc: bigint;
    readonly fields: readonly TraceField[];
  }
  | { readonly kind: "close"; readonly id: bigint; readonly tsc: bigint }
  | {
    readonly kind: "log";
    /** The span that this happened in. */
    readonly parent: bigint;
    readonly name: string;
    readonly tsc: bigint;
    readonly fields: readonly TraceField[];
  };

/** The events since a call began. */
export interface TraceBatch {
  readonly startTsc: bigint;
  readonly events: readonly TraceEvent[];
}

const OPEN_SPAN = 1;
const CLOSE_SPAN = 2;
const LOG_EVENT = 3;

/**
 * Decodes a batch: a message that begins with its size, as it was in the guest's memory. It costs no more time and
 * memory than its length, whatever it holds.
 *
 * @throws {WireError} If it is broken.
 */
export function decodeTrace(bytes: Uint8Array): TraceBatch {
  if (bytes.length < 8) throw new WireError(`${bytes.length} bytes are no message`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(0, true) + 4;
  if (length > bytes.length) {
    throw new WireError(`a message of ${length} bytes does not fit into ${bytes.length}`);
  }
  const message = new Message().become(bytes, view, 0, length);
  const root = message.root();
  const startTsc = message.u64(root, 0);
  const events = message.tables(root, 1);
  return {
    startTsc,
    events: Array.from({ length: events.length }, (_, i) => decodeEvent(message, events.at(i))),
  };
}

function decodeEvent(message: Message, envelope: number): TraceEvent {
  // GuestEventEnvelopeType: event_type, event
  const type = message.u8(envelope, 0);
  const event = message.child(envelope, 1, "an event");
  switch (type) {
    case OPEN_SPAN:
      return {
        kind: "open",
        id: message.u64(event, 0),
        parent: message.field(event, 1, 8) === 0 ? undefined : message.u64(event, 1),
        name: message.string(event, 2, "a span's name"),
        target: message.string(event, 3, "a span's target"),
        tsc: message.u64(event, 4),
        fields: decodeFields(message, event, 5),
      };
    case CLOSE_SPAN:
      return { kind: "close", id: message.u64(event, 0), tsc: message.u64(event, 1) };
    case LOG_EVENT:
      return {
        kind: "log",
        parent: message.u64(event, 0),
        name: message.string(event, 1, "an event's name"),
        tsc: message.u64(event, 2),
        fields: decodeFields(message, event, 3),
      };
    default:
      throw new WireError(`an event is of kind ${type}`);
  }
}

function decodeFields(message: Message, event: number, id: number): TraceField[] {
  const fields = message.tables(event, id);
  return Array.from({ length: fields.length }, (_, i) => {
    const field = fields.at(i);
    return {
      key: message.string(field, 0, "a field's key"),
      value: message.string(field, 1, "a field's value"),
    };
  });
}
