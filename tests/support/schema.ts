// Compiled from schema/hyperlight.fbs by `deno task schema`: do not edit.
// deno-lint-ignore-file
// deno-fmt-ignore-file

import * as flatbuffers from "flatbuffers";

export class CloseSpanType {
  bb: flatbuffers.ByteBuffer|null = null;
  bb_pos = 0;
  __init(i:number, bb:flatbuffers.ByteBuffer):CloseSpanType {
  this.bb_pos = i;
  this.bb = bb;
  return this;
}

static getRootAsCloseSpanType(bb:flatbuffers.ByteBuffer, obj?:CloseSpanType):CloseSpanType {
  return (obj || new CloseSpanType()).__init(bb.readInt32(bb.position()) + bb.position(), bb);
}

static getSizePrefixedRootAsCloseSpanType(bb:flatbuffers.ByteBuffer, obj?:CloseSpanType):CloseSpanType {
  bb.setPosition(bb.position() + flatbuffers.SIZE_PREFIX_LENGTH);
  return (obj || new CloseSpanType()).__init(bb.readInt32(bb.position()) + bb.position(), bb);
}

id():bigint {
  const offset = this.bb!.__offset(this.bb_pos, 4);
  return offset ? this.bb!.readUint64(this.bb_pos + offset) : BigInt('0');
}

tsc():bigint {
  const offset = this.bb!.__offset(this.bb_pos, 6);
  return offset ? this.bb!.readUint64(this.bb_pos + offset) : BigInt('0');
}

static startCloseSpanType(builder:flatbuffers.Builder) {
  builder.startObject(2);
}

static addId(builder:flatbuffers.Builder, id:bigint) {
  builder.addFieldInt64(0, id, BigInt('0'));
}

static addTsc(builder:flatbuffers.Builder, tsc:bigint) {
  builder.addFieldInt64(1, tsc, BigInt('0'));
}

static endCloseSpanType(builder:flatbuffers.Builder):flatbuffers.Offset {
  const offset = builder.endObject();
  return offset;
}

static createCloseSpanType(builder:flatbuffers.Builder, id:bigint, tsc:bigint):flatbuffers.Offset {
  CloseSpanType.startCloseSpanType(builder);
  CloseSpanType.addId(builder, id);
  CloseSpanType.addTsc(builder, tsc);
  return CloseSpanType.endCloseSpanType(builder);
}
}

export enum ErrorCode {
  NoError = '0',
  UnsupportedParameterType = '2',
  GuestFunctionNameNotProvided = '3',
  GuestFunctionNotFound = '4',
  GuestFunctionIncorrecNoOfParameters = '5',
  GispatchFunctionPointerNotSet = '6',
  OutbError = '7',
  UnknownError = '8',
  StackOverflow = '9',
  GsCheckFailed = '10',
  TooManyGuestFunctions = '11',
  FailureInDlmalloc = '12',
  MallocFailed = '13',
  GuestFunctionParameterTypeMismatch = '14',
  GuestError = '15',
  ArrayLengthParamIsMissing = '16',
  HostError = '17'
}

export enum FunctionCallResultType {
  NONE = 0,
  ReturnValueBox = 1,
  GuestError = 2
}

export function unionToFunctionCallResultType(
  type: FunctionCallResultType,
  accessor: (obj:GuestError|ReturnValueBox) => GuestError|ReturnValueBox|null
): GuestError|ReturnValueBox|null {
  switch(FunctionCallResultType[type]) {
    case 'NONE': return null;
    case 'ReturnValueBox': return accessor(new ReturnValueBox())! as ReturnValueBox;
    case 'GuestError': return accessor(new GuestError())! as GuestError;
    default: return null;
  }
}

export function unionListToFunctionCallResultType(
  type: FunctionCallResultType,
  accessor: (index: number, obj:GuestError|ReturnValueBox) => GuestError|ReturnValueBox|null,
  index: number
): GuestError|ReturnValueBox|null {
  switch(FunctionCallResultType[type]) {
    case 'NONE': return null;
    case 'ReturnValueBox': return accessor(index, new ReturnValueBox())! as ReturnValueBox;
    case 'GuestError': return accessor(index, new GuestError())! as GuestError;
    default: return null;
  }
}

export class FunctionCallResult {
  bb: flatbuffers.ByteBuffer|null = null;
  bb_pos = 0;
  __init(i:number, bb:flatbuffers.ByteBuffer):FunctionCallResult {
  this.bb_pos = i;
  this.bb = bb;
  return this;
}

static getRootAsFunctionCallResult(bb:flatbuffers.ByteBuffer, obj?:FunctionCallResult):FunctionCallResult {
  return (obj || new FunctionCallResult()).__init(bb.readInt32(bb.position()) + bb.position(), bb);
}

static getSizePrefixedRootAsFunctionCallResult(bb:flatbuffers.ByteBuffer, obj?:FunctionCallResult):FunctionCallResult {
  bb.setPosition(bb.position() + flatbuffers.SIZE_PREFIX_LENGTH);
  return (obj || new FunctionCallResult()).__init(bb.readInt32(bb.position()) + bb.position(), bb);
}

resultType():FunctionCallResultType {
  const offset = this.bb!.__offset(this.bb_pos, 4);
  return offset ? this.bb!.readUint8(this.bb_pos + offset) : FunctionCallResultType.NONE;
}

result<T extends flatbuffers.Table>(obj:any):any|null {
  const offset = this.bb!.__offset(this.bb_pos, 6);
  return offset ? this.bb!.__union(obj, this.bb_pos + offset) : null;
}

static startFunctionCallResult(builder:flatbuffers.Builder) {
  builder.startObject(2);
}

static addResultType(builder:flatbuffers.Builder, resultType:FunctionCallResultType) {
  builder.addFieldInt8(0, resultType, FunctionCallResultType.NONE);
}

static addResult(builder:flatbuffers.Builder, resultOffset:flatbuffers.Offset) {
  builder.addFieldOffset(1, resultOffset, 0);
}

static endFunctionCallResult(builder:flatbuffers.Builder):flatbuffers.Offset {
  const offset = builder.endObject();
  builder.requiredField(offset, 6) // result
  return offset;
}

static createFunctionCallResult(builder:flatbuffers.Builder, resultType:FunctionCallResultType, resultOffset:flatbuffers.Offset):flatbuffers.Offset {
  FunctionCallResult.startFunctionCallResult(builder);
  FunctionCallResult.addResultType(builder, resultType);
  FunctionCallResult.addResult(builder, resultOffset);
  return FunctionCallResult.endFunctionCallResult(builder);
}
}

export enum FunctionCallType {
  none = 0,
  guest = 1,
  host = 2
}

export class FunctionCall {
  bb: flatbuffers.ByteBuffer|null = null;
  bb_pos = 0;
  __init(i:number, bb:flatbuffers.ByteBuffer):FunctionCall {
  this.bb_pos = i;
  this.bb = bb;
  return this;
}

static getRootAsFunctionCall(bb:flatbuffers.ByteBuffer, obj?:FunctionCall):FunctionCall {
  return (obj || new FunctionCall()).__init(bb.readInt32(bb.position()) + bb.position(), bb);
}

static getSizePrefixedRootAsFunctionCall(bb:flatbuffers.ByteBuffer, obj?:FunctionCall):FunctionCall {
  bb.setPosition(bb.position() + flatbuffers.SIZE_PREFIX_LENGTH);
  return (obj || new FunctionCall()).__init(bb.readInt32(bb.position()) + bb.position(), bb);
}

functionName():string|null
functionName(optionalEncoding:flatbuffers.Encoding):string|Uint8Array|null
functionName(optionalEncoding?:any):string|Uint8Array|null {
  const offset = this.bb!.__offset(this.bb_pos, 4);
  return offset ? this.bb!.__string(this.bb_pos + offset, optionalEncoding) : null;
}

parameters(index: number, obj?:Parameter):Parameter|null {
  const offset = this.bb!.__offset(this.bb_pos, 6);
  return offset ? (obj || new Parameter()).__init(this.bb!.__indirect(this.bb!.__vector(this.bb_pos + offset) + index * 4), this.bb!) : null;
}

parametersLength():number {
  const offset = this.bb!.__offset(this.bb_pos, 6);
  return offset ? this.bb!.__vector_len(this.bb_pos + offset) : 0;
}

functionCallType():FunctionCallType {
  const offset = this.bb!.__offset(this.bb_pos, 8);
  return offset ? this.bb!.readUint8(this.bb_pos + offset) : FunctionCallType.none;
}

expectedReturnType():ReturnType {
  const offset = this.bb!.__offset(this.bb_pos, 10);
  return offset ? this.bb!.readUint8(this.bb_pos + offset) : ReturnType.hlint;
}

static startFunctionCall(builder:flatbuffers.Builder) {
  builder.startObject(4);
}

static addFunctionName(builder:flatbuffers.Builder, functionNameOffset:flatbuffers.Offset) {
  builder.addFieldOffset(0, functionNameOffset, 0);
}

static addParameters(builder:flatbuffers.Builder, parametersOffset:flatbuffers.Offset) {
  builder.addFieldOffset(1, parametersOffset, 0);
}

static createParametersVector(builder:flatbuffers.Builder, data:flatbuffers.Offset[]):flatbuffers.Offset {
  builder.startVector(4, data.length, 4);
  for (let i = data.length - 1; i >= 0; i--) {
    builder.addOffset(data[i]!);
  }
  return builder.endVector();
}

static startParametersVector(builder:flatbuffers.Builder, numElems:number) {
  builder.startVector(4, numElems, 4);
}

static addFunctionCallType(builder:flatbuffers.Builder, functionCallType:FunctionCallType) {
  builder.addFieldInt8(2, functionCallType, FunctionCallType.none);
}

static addExpectedReturnType(builder:flatbuffers.Builder, expectedReturnType:ReturnType) {
  builder.addFieldInt8(3, expectedReturnType, ReturnType.hlint);
}

static endFunctionCall(builder:flatbuffers.Builder):flatbuffers.Offset {
  const offset = builder.endObject();
  builder.requiredField(offset, 4) // function_name
  return offset;
}

static createFunctionCall(builder:flatbuffers.Builder, functionNameOffset:flatbuffers.Offset, parametersOffset:flatbuffers.Offset, functionCallType:FunctionCallType, expectedReturnType:ReturnType):flatbuffers.Offset {
  FunctionCall.startFunctionCall(builder);
  FunctionCall.addFunctionName(builder, functionNameOffset);
  FunctionCall.addParameters(builder, parametersOffset);
  FunctionCall.addFunctionCallType(builder, functionCallType);
  FunctionCall.addExpectedReturnType(builder, expectedReturnType);
  return FunctionCall.endFunctionCall(builder);
}
}

export class GuestError {
  bb: flatbuffers.ByteBuffer|null = null;
  bb_pos = 0;
  __init(i:number, bb:flatbuffers.ByteBuffer):GuestError {
  this.bb_pos = i;
  this.bb = bb;
  return this;
}

static getRootAsGuestError(bb:flatbuffers.ByteBuffer, obj?:GuestError):GuestError {
  return (obj || new GuestError()).__init(bb.readInt32(bb.position()) + bb.position(), bb);
}

static getSizePrefixedRootAsGuestError(bb:flatbuffers.ByteBuffer, obj?:GuestError):GuestError {
  bb.setPosition(bb.position() + flatbuffers.SIZE_PREFIX_LENGTH);
  return (obj || new GuestError()).__init(bb.readInt32(bb.position()) + bb.position(), bb);
}

code():bigint {
  const offset = this.bb!.__offset(this.bb_pos, 4);
  return offset ? this.bb!.readUint64(this.bb_pos + offset) : BigInt('0');
}

message():string|null
message(optionalEncoding:flatbuffers.Encoding):string|Uint8Array|null
message(optionalEncoding?:any):string|Uint8Array|null {
  const offset = this.bb!.__offset(this.bb_pos, 6);
  return offset ? this.bb!.__string(this.bb_pos + offset, optionalEncoding) : null;
}

static startGuestError(builder:flatbuffers.Builder) {
  builder.startObject(2);
}

static addCode(builder:flatbuffers.Builder, code:bigint) {
  builder.addFieldInt64(0, code, BigInt('0'));
}

static addMessage(builder:flatbuffers.Builder, messageOffset:flatbuffers.Offset) {
  builder.addFieldOffset(1, messageOffset, 0);
}

static endGuestError(builder:flatbuffers.Builder):flatbuffers.Offset {
  const offset = builder.endObject();
  return offset;
}

static createGuestError(builder:flatbuffers.Builder, code:bigint, messageOffset:flatbuffers.Offset):flatbuffers.Offset {
  GuestError.startGuestError(builder);
  GuestError.addCode(builder, code);
  GuestError.addMessage(builder, messageOffset);
  return GuestError.endGuestError(builder);
}
}

export class GuestEventEnvelopeType {
  bb: flatbuffers.ByteBuffer|null = null;
  bb_pos = 0;
  __init(i:number, bb:flatbuffers.ByteBuffer):GuestEventEnvelopeType {
  this.bb_pos = i;
  this.bb = bb;
  return this;
}

static getRootAsGuestEventEnvelopeType(bb:flatbuffers.ByteBuffer, obj?:GuestEventEnvelopeType):GuestEventEnvelopeType {
  return (obj || new GuestEventEnvelopeType()).__init(bb.readInt32(bb.position()) + bb.position(), bb);
}

static getSizePrefixedRootAsGuestEventEnvelopeType(bb:flatbuffers.ByteBuffer, obj?:GuestEventEnvelopeType):GuestEventEnvelopeType {
  bb.setPosition(bb.position() + flatbuffers.SIZE_PREFIX_LENGTH);
  return (obj || new GuestEventEnvelopeType()).__init(bb.readInt32(bb.position()) + bb.position(), bb);
}

eventType():GuestEventType {
  const offset = this.bb!.__offset(this.bb_pos, 4);
  return offset ? this.bb!.readUint8(this.bb_pos + offset) : GuestEventType.NONE;
}

event<T extends flatbuffers.Table>(obj:any):any|null {
  const offset = this.bb!.__offset(this.bb_pos, 6);
  return offset ? this.bb!.__union(obj, this.bb_pos + offset) : null;
}

static startGuestEventEnvelopeType(builder:flatbuffers.Builder) {
  builder.startObject(2);
}

static addEventType(builder:flatbuffers.Builder, eventType:GuestEventType) {
  builder.addFieldInt8(0, eventType, GuestEventType.NONE);
}

static addEvent(builder:flatbuffers.Builder, eventOffset:flatbuffers.Offset) {
  builder.addFieldOffset(1, eventOffset, 0);
}

static endGuestEventEnvelopeType(builder:flatbuffers.Builder):flatbuffers.Offset {
  const offset = builder.endObject();
  return offset;
}

static createGuestEventEnvelopeType(builder:flatbuffers.Builder, eventType:GuestEventType, eventOffset:flatbuffers.Offset):flatbuffers.Offset {
  GuestEventEnvelopeType.startGuestEventEnvelopeType(builder);
  GuestEventEnvelopeType.addEventType(builder, eventType);
  GuestEventEnvelopeType.addEvent(builder, eventOffset);
  return GuestEventEnvelopeType.endGuestEventEnvelopeType(builder);
}
}

export enum GuestEventType {
  NONE = 0,
  OpenSpanType = 1,
  CloseSpanType = 2,
  LogEventType = 3
}

export function unionToGuestEventType(
  type: GuestEventType,
  accessor: (obj:CloseSpanType|LogEventType|OpenSpanType) => CloseSpanType|LogEventType|OpenSpanType|null
): CloseSpanType|LogEventType|OpenSpanType|null {
  switch(GuestEventType[type]) {
    case 'NONE': return null;
    case 'OpenSpanType': return accessor(new OpenSpanType())! as OpenSpanType;
    case 'CloseSpanType': return accessor(new CloseSpanType())! as CloseSpanType;
    case 'LogEventType': return accessor(new LogEventType())! as LogEventType;
    default: return null;
  }
}

export function unionListToGuestEventType(
  type: GuestEventType,
  accessor: (index: number, obj:CloseSpanType|LogEventType|OpenSpanType) => CloseSpanType|LogEventType|OpenSpanType|null,
  index: number
): CloseSpanType|LogEventType|OpenSpanType|null {
  switch(GuestEventType[type]) {
    case 'NONE': return null;
    case 'OpenSpanType': return accessor(index, new OpenSpanType())! as OpenSpanType;
    case 'CloseSpanType': return accessor(index, new CloseSpanType())! as CloseSpanType;
    case 'LogEventType': return accessor(index, new LogEventType())! as LogEventType;
    default: return null;
  }
}

export class GuestLogData {
  bb: flatbuffers.ByteBuffer|null = null;
  bb_pos = 0;
  __init(i:number, bb:flatbuffers.ByteBuffer):GuestLogData {
  this.bb_pos = i;
  this.bb = bb;
  return this;
}

static getRootAsGuestLogData(bb:flatbuffers.ByteBuffer, obj?:GuestLogData):GuestLogData {
  return (obj || new GuestLogData()).__init(bb.readInt32(bb.position()) + bb.position(), bb);
}

static getSizePrefixedRootAsGuestLogData(bb:flatbuffers.ByteBuffer, obj?:GuestLogData):GuestLogData {
  bb.setPosition(bb.position() + flatbuffers.SIZE_PREFIX_LENGTH);
  return (obj || new GuestLogData()).__init(bb.readInt32(bb.position()) + bb.position(), bb);
}

message():string|null
message(optionalEncoding:flatbuffers.Encoding):string|Uint8Array|null
message(optionalEncoding?:any):string|Uint8Array|null {
  const offset = this.bb!.__offset(this.bb_pos, 4);
  return offset ? this.bb!.__string(this.bb_pos + offset, optionalEncoding) : null;
}

source():string|null
source(optionalEncoding:flatbuffers.Encoding):string|Uint8Array|null
source(optionalEncoding?:any):string|Uint8Array|null {
  const offset = this.bb!.__offset(this.bb_pos, 6);
  return offset ? this.bb!.__string(this.bb_pos + offset, optionalEncoding) : null;
}

level():LogLevel {
  const offset = this.bb!.__offset(this.bb_pos, 8);
  return offset ? this.bb!.readUint8(this.bb_pos + offset) : LogLevel.Trace;
}

caller():string|null
caller(optionalEncoding:flatbuffers.Encoding):string|Uint8Array|null
caller(optionalEncoding?:any):string|Uint8Array|null {
  const offset = this.bb!.__offset(this.bb_pos, 10);
  return offset ? this.bb!.__string(this.bb_pos + offset, optionalEncoding) : null;
}

sourceFile():string|null
sourceFile(optionalEncoding:flatbuffers.Encoding):string|Uint8Array|null
sourceFile(optionalEncoding?:any):string|Uint8Array|null {
  const offset = this.bb!.__offset(this.bb_pos, 12);
  return offset ? this.bb!.__string(this.bb_pos + offset, optionalEncoding) : null;
}

line():number {
  const offset = this.bb!.__offset(this.bb_pos, 14);
  return offset ? this.bb!.readUint32(this.bb_pos + offset) : 0;
}

static startGuestLogData(builder:flatbuffers.Builder) {
  builder.startObject(6);
}

static addMessage(builder:flatbuffers.Builder, messageOffset:flatbuffers.Offset) {
  builder.addFieldOffset(0, messageOffset, 0);
}

static addSource(builder:flatbuffers.Builder, sourceOffset:flatbuffers.Offset) {
  builder.addFieldOffset(1, sourceOffset, 0);
}

static addLevel(builder:flatbuffers.Builder, level:LogLevel) {
  builder.addFieldInt8(2, level, LogLevel.Trace);
}

static addCaller(builder:flatbuffers.Builder, callerOffset:flatbuffers.Offset) {
  builder.addFieldOffset(3, callerOffset, 0);
}

static addSourceFile(builder:flatbuffers.Builder, sourceFileOffset:flatbuffers.Offset) {
  builder.addFieldOffset(4, sourceFileOffset, 0);
}

static addLine(builder:flatbuffers.Builder, line:number) {
  builder.addFieldInt32(5, line, 0);
}

static endGuestLogData(builder:flatbuffers.Builder):flatbuffers.Offset {
  const offset = builder.endObject();
  return offset;
}

static createGuestLogData(builder:flatbuffers.Builder, messageOffset:flatbuffers.Offset, sourceOffset:flatbuffers.Offset, level:LogLevel, callerOffset:flatbuffers.Offset, sourceFileOffset:flatbuffers.Offset, line:number):flatbuffers.Offset {
  GuestLogData.startGuestLogData(builder);
  GuestLogData.addMessage(builder, messageOffset);
  GuestLogData.addSource(builder, sourceOffset);
  GuestLogData.addLevel(builder, level);
  GuestLogData.addCaller(builder, callerOffset);
  GuestLogData.addSourceFile(builder, sourceFileOffset);
  GuestLogData.addLine(builder, line);
  return GuestLogData.endGuestLogData(builder);
}
}

export class GuestTraceDataType {
  bb: flatbuffers.ByteBuffer|null = null;
  bb_pos = 0;
  __init(i:number, bb:flatbuffers.ByteBuffer):GuestTraceDataType {
  this.bb_pos = i;
  this.bb = bb;
  return this;
}

static getRootAsGuestTraceDataType(bb:flatbuffers.ByteBuffer, obj?:GuestTraceDataType):GuestTraceDataType {
  return (obj || new GuestTraceDataType()).__init(bb.readInt32(bb.position()) + bb.position(), bb);
}

static getSizePrefixedRootAsGuestTraceDataType(bb:flatbuffers.ByteBuffer, obj?:GuestTraceDataType):GuestTraceDataType {
  bb.setPosition(bb.position() + flatbuffers.SIZE_PREFIX_LENGTH);
  return (obj || new GuestTraceDataType()).__init(bb.readInt32(bb.position()) + bb.position(), bb);
}

startTsc():bigint {
  const offset = this.bb!.__offset(this.bb_pos, 4);
  return offset ? this.bb!.readUint64(this.bb_pos + offset) : BigInt('0');
}

events(index: number, obj?:GuestEventEnvelopeType):GuestEventEnvelopeType|null {
  const offset = this.bb!.__offset(this.bb_pos, 6);
  return offset ? (obj || new GuestEventEnvelopeType()).__init(this.bb!.__indirect(this.bb!.__vector(this.bb_pos + offset) + index * 4), this.bb!) : null;
}

eventsLength():number {
  const offset = this.bb!.__offset(this.bb_pos, 6);
  return offset ? this.bb!.__vector_len(this.bb_pos + offset) : 0;
}

static startGuestTraceDataType(builder:flatbuffers.Builder) {
  builder.startObject(2);
}

static addStartTsc(builder:flatbuffers.Builder, startTsc:bigint) {
  builder.addFieldInt64(0, startTsc, BigInt('0'));
}

static addEvents(builder:flatbuffers.Builder, eventsOffset:flatbuffers.Offset) {
  builder.addFieldOffset(1, eventsOffset, 0);
}

static createEventsVector(builder:flatbuffers.Builder, data:flatbuffers.Offset[]):flatbuffers.Offset {
  builder.startVector(4, data.length, 4);
  for (let i = data.length - 1; i >= 0; i--) {
    builder.addOffset(data[i]!);
  }
  return builder.endVector();
}

static startEventsVector(builder:flatbuffers.Builder, numElems:number) {
  builder.startVector(4, numElems, 4);
}

static endGuestTraceDataType(builder:flatbuffers.Builder):flatbuffers.Offset {
  const offset = builder.endObject();
  return offset;
}

static createGuestTraceDataType(builder:flatbuffers.Builder, startTsc:bigint, eventsOffset:flatbuffers.Offset):flatbuffers.Offset {
  GuestTraceDataType.startGuestTraceDataType(builder);
  GuestTraceDataType.addStartTsc(builder, startTsc);
  GuestTraceDataType.addEvents(builder, eventsOffset);
  return GuestTraceDataType.endGuestTraceDataType(builder);
}
}

export class hlbool {
  bb: flatbuffers.ByteBuffer|null = null;
  bb_pos = 0;
  __init(i:number, bb:flatbuffers.ByteBuffer):hlbool {
  this.bb_pos = i;
  this.bb = bb;
  return this;
}

static getRootAshlbool(bb:flatbuffers.ByteBuffer, obj?:hlbool):hlbool {
  return (obj || new hlbool()).__init(bb.readInt32(bb.position()) + bb.position(), bb);
}

static getSizePrefixedRootAshlbool(bb:flatbuffers.ByteBuffer, obj?:hlbool):hlbool {
  bb.setPosition(bb.position() + flatbuffers.SIZE_PREFIX_LENGTH);
  return (obj || new hlbool()).__init(bb.readInt32(bb.position()) + bb.position(), bb);
}

value():boolean {
  const offset = this.bb!.__offset(this.bb_pos, 4);
  return offset ? !!this.bb!.readInt8(this.bb_pos + offset) : false;
}

static starthlbool(builder:flatbuffers.Builder) {
  builder.startObject(1);
}

static addValue(builder:flatbuffers.Builder, value:boolean) {
  builder.addFieldInt8(0, +value, +false);
}

static endhlbool(builder:flatbuffers.Builder):flatbuffers.Offset {
  const offset = builder.endObject();
  return offset;
}

static createhlbool(builder:flatbuffers.Builder, value:boolean):flatbuffers.Offset {
  hlbool.starthlbool(builder);
  hlbool.addValue(builder, value);
  return hlbool.endhlbool(builder);
}
}

export class hldouble {
  bb: flatbuffers.ByteBuffer|null = null;
  bb_pos = 0;
  __init(i:number, bb:flatbuffers.ByteBuffer):hldouble {
  this.bb_pos = i;
  this.bb = bb;
  return this;
}

static getRootAshldouble(bb:flatbuffers.ByteBuffer, obj?:hldouble):hldouble {
  return (obj || new hldouble()).__init(bb.readInt32(bb.position()) + bb.position(), bb);
}

static getSizePrefixedRootAshldouble(bb:flatbuffers.ByteBuffer, obj?:hldouble):hldouble {
  bb.setPosition(bb.position() + flatbuffers.SIZE_PREFIX_LENGTH);
  return (obj || new hldouble()).__init(bb.readInt32(bb.position()) + bb.position(), bb);
}

value():number {
  const offset = this.bb!.__offset(this.bb_pos, 4);
  return offset ? this.bb!.readFloat64(this.bb_pos + offset) : 0.0;
}

static starthldouble(builder:flatbuffers.Builder) {
  builder.startObject(1);
}

static addValue(builder:flatbuffers.Builder, value:number) {
  builder.addFieldFloat64(0, value, 0.0);
}

static endhldouble(builder:flatbuffers.Builder):flatbuffers.Offset {
  const offset = builder.endObject();
  return offset;
}

static createhldouble(builder:flatbuffers.Builder, value:number):flatbuffers.Offset {
  hldouble.starthldouble(builder);
  hldouble.addValue(builder, value);
  return hldouble.endhldouble(builder);
}
}

export class hlfloat {
  bb: flatbuffers.ByteBuffer|null = null;
  bb_pos = 0;
  __init(i:number, bb:flatbuffers.ByteBuffer):hlfloat {
  this.bb_pos = i;
  this.bb = bb;
  return this;
}

static getRootAshlfloat(bb:flatbuffers.ByteBuffer, obj?:hlfloat):hlfloat {
  return (obj || new hlfloat()).__init(bb.readInt32(bb.position()) + bb.position(), bb);
}

static getSizePrefixedRootAshlfloat(bb:flatbuffers.ByteBuffer, obj?:hlfloat):hlfloat {
  bb.setPosition(bb.position() + flatbuffers.SIZE_PREFIX_LENGTH);
  return (obj || new hlfloat()).__init(bb.readInt32(bb.position()) + bb.position(), bb);
}

value():number {
  const offset = this.bb!.__offset(this.bb_pos, 4);
  return offset ? this.bb!.readFloat32(this.bb_pos + offset) : 0.0;
}

static starthlfloat(builder:flatbuffers.Builder) {
  builder.startObject(1);
}

static addValue(builder:flatbuffers.Builder, value:number) {
  builder.addFieldFloat32(0, value, 0.0);
}

static endhlfloat(builder:flatbuffers.Builder):flatbuffers.Offset {
  const offset = builder.endObject();
  return offset;
}

static createhlfloat(builder:flatbuffers.Builder, value:number):flatbuffers.Offset {
  hlfloat.starthlfloat(builder);
  hlfloat.addValue(builder, value);
  return hlfloat.endhlfloat(builder);
}
}

export class hlint {
  bb: flatbuffers.ByteBuffer|null = null;
  bb_pos = 0;
  __init(i:number, bb:flatbuffers.ByteBuffer):hlint {
  this.bb_pos = i;
  this.bb = bb;
  return this;
}

static getRootAshlint(bb:flatbuffers.ByteBuffer, obj?:hlint):hlint {
  return (obj || new hlint()).__init(bb.readInt32(bb.position()) + bb.position(), bb);
}

static getSizePrefixedRootAshlint(bb:flatbuffers.ByteBuffer, obj?:hlint):hlint {
  bb.setPosition(bb.position() + flatbuffers.SIZE_PREFIX_LENGTH);
  return (obj || new hlint()).__init(bb.readInt32(bb.position()) + bb.position(), bb);
}

value():number {
  const offset = this.bb!.__offset(this.bb_pos, 4);
  return offset ? this.bb!.readInt32(this.bb_pos + offset) : 0;
}

static starthlint(builder:flatbuffers.Builder) {
  builder.startObject(1);
}

static addValue(builder:flatbuffers.Builder, value:number) {
  builder.addFieldInt32(0, value, 0);
}

static endhlint(builder:flatbuffers.Builder):flatbuffers.Offset {
  const offset = builder.endObject();
  return offset;
}

static createhlint(builder:flatbuffers.Builder, value:number):flatbuffers.Offset {
  hlint.starthlint(builder);
  hlint.addValue(builder, value);
  return hlint.endhlint(builder);
}
}

export class hllong {
  bb: flatbuffers.ByteBuffer|null = null;
  bb_pos = 0;
  __init(i:number, bb:flatbuffers.ByteBuffer):hllong {
  this.bb_pos = i;
  this.bb = bb;
  return this;
}

static getRootAshllong(bb:flatbuffers.ByteBuffer, obj?:hllong):hllong {
  return (obj || new hllong()).__init(bb.readInt32(bb.position()) + bb.position(), bb);
}

static getSizePrefixedRootAshllong(bb:flatbuffers.ByteBuffer, obj?:hllong):hllong {
  bb.setPosition(bb.position() + flatbuffers.SIZE_PREFIX_LENGTH);
  return (obj || new hllong()).__init(bb.readInt32(bb.position()) + bb.position(), bb);
}

value():bigint {
  const offset = this.bb!.__offset(this.bb_pos, 4);
  return offset ? this.bb!.readInt64(this.bb_pos + offset) : BigInt('0');
}

static starthllong(builder:flatbuffers.Builder) {
  builder.startObject(1);
}

static addValue(builder:flatbuffers.Builder, value:bigint) {
  builder.addFieldInt64(0, value, BigInt('0'));
}

static endhllong(builder:flatbuffers.Builder):flatbuffers.Offset {
  const offset = builder.endObject();
  return offset;
}

static createhllong(builder:flatbuffers.Builder, value:bigint):flatbuffers.Offset {
  hllong.starthllong(builder);
  hllong.addValue(builder, value);
  return hllong.endhllong(builder);
}
}

export class hlsizeprefixedbuffer {
  bb: flatbuffers.ByteBuffer|null = null;
  bb_pos = 0;
  __init(i:number, bb:flatbuffers.ByteBuffer):hlsizeprefixedbuffer {
  this.bb_pos = i;
  this.bb = bb;
  return this;
}

static getRootAshlsizeprefixedbuffer(bb:flatbuffers.ByteBuffer, obj?:hlsizeprefixedbuffer):hlsizeprefixedbuffer {
  return (obj || new hlsizeprefixedbuffer()).__init(bb.readInt32(bb.position()) + bb.position(), bb);
}

static getSizePrefixedRootAshlsizeprefixedbuffer(bb:flatbuffers.ByteBuffer, obj?:hlsizeprefixedbuffer):hlsizeprefixedbuffer {
  bb.setPosition(bb.position() + flatbuffers.SIZE_PREFIX_LENGTH);
  return (obj || new hlsizeprefixedbuffer()).__init(bb.readInt32(bb.position()) + bb.position(), bb);
}

size():number {
  const offset = this.bb!.__offset(this.bb_pos, 4);
  return offset ? this.bb!.readInt32(this.bb_pos + offset) : 0;
}

value(index: number):number|null {
  const offset = this.bb!.__offset(this.bb_pos, 6);
  return offset ? this.bb!.readUint8(this.bb!.__vector(this.bb_pos + offset) + index) : 0;
}

valueLength():number {
  const offset = this.bb!.__offset(this.bb_pos, 6);
  return offset ? this.bb!.__vector_len(this.bb_pos + offset) : 0;
}

valueArray():Uint8Array|null {
  const offset = this.bb!.__offset(this.bb_pos, 6);
  return offset ? new Uint8Array(this.bb!.bytes().buffer, this.bb!.bytes().byteOffset + this.bb!.__vector(this.bb_pos + offset), this.bb!.__vector_len(this.bb_pos + offset)) : null;
}

static starthlsizeprefixedbuffer(builder:flatbuffers.Builder) {
  builder.startObject(2);
}

static addSize(builder:flatbuffers.Builder, size:number) {
  builder.addFieldInt32(0, size, 0);
}

static addValue(builder:flatbuffers.Builder, valueOffset:flatbuffers.Offset) {
  builder.addFieldOffset(1, valueOffset, 0);
}

static createValueVector(builder:flatbuffers.Builder, data:number[]|Uint8Array):flatbuffers.Offset {
  builder.startVector(1, data.length, 1);
  for (let i = data.length - 1; i >= 0; i--) {
    builder.addInt8(data[i]!);
  }
  return builder.endVector();
}

static startValueVector(builder:flatbuffers.Builder, numElems:number) {
  builder.startVector(1, numElems, 1);
}

static endhlsizeprefixedbuffer(builder:flatbuffers.Builder):flatbuffers.Offset {
  const offset = builder.endObject();
  return offset;
}

static createhlsizeprefixedbuffer(builder:flatbuffers.Builder, size:number, valueOffset:flatbuffers.Offset):flatbuffers.Offset {
  hlsizeprefixedbuffer.starthlsizeprefixedbuffer(builder);
  hlsizeprefixedbuffer.addSize(builder, size);
  hlsizeprefixedbuffer.addValue(builder, valueOffset);
  return hlsizeprefixedbuffer.endhlsizeprefixedbuffer(builder);
}
}

export class hlstring {
  bb: flatbuffers.ByteBuffer|null = null;
  bb_pos = 0;
  __init(i:number, bb:flatbuffers.ByteBuffer):hlstring {
  this.bb_pos = i;
  this.bb = bb;
  return this;
}

static getRootAshlstring(bb:flatbuffers.ByteBuffer, obj?:hlstring):hlstring {
  return (obj || new hlstring()).__init(bb.readInt32(bb.position()) + bb.position(), bb);
}

static getSizePrefixedRootAshlstring(bb:flatbuffers.ByteBuffer, obj?:hlstring):hlstring {
  bb.setPosition(bb.position() + flatbuffers.SIZE_PREFIX_LENGTH);
  return (obj || new hlstring()).__init(bb.readInt32(bb.position()) + bb.position(), bb);
}

value():string|null
value(optionalEncoding:flatbuffers.Encoding):string|Uint8Array|null
value(optionalEncoding?:any):string|Uint8Array|null {
  const offset = this.bb!.__offset(this.bb_pos, 4);
  return offset ? this.bb!.__string(this.bb_pos + offset, optionalEncoding) : null;
}

static starthlstring(builder:flatbuffers.Builder) {
  builder.startObject(1);
}

static addValue(builder:flatbuffers.Builder, valueOffset:flatbuffers.Offset) {
  builder.addFieldOffset(0, valueOffset, 0);
}

static endhlstring(builder:flatbuffers.Builder):flatbuffers.Offset {
  const offset = builder.endObject();
  return offset;
}

static createhlstring(builder:flatbuffers.Builder, valueOffset:flatbuffers.Offset):flatbuffers.Offset {
  hlstring.starthlstring(builder);
  hlstring.addValue(builder, valueOffset);
  return hlstring.endhlstring(builder);
}
}

export class hluint {
  bb: flatbuffers.ByteBuffer|null = null;
  bb_pos = 0;
  __init(i:number, bb:flatbuffers.ByteBuffer):hluint {
  this.bb_pos = i;
  this.bb = bb;
  return this;
}

static getRootAshluint(bb:flatbuffers.ByteBuffer, obj?:hluint):hluint {
  return (obj || new hluint()).__init(bb.readInt32(bb.position()) + bb.position(), bb);
}

static getSizePrefixedRootAshluint(bb:flatbuffers.ByteBuffer, obj?:hluint):hluint {
  bb.setPosition(bb.position() + flatbuffers.SIZE_PREFIX_LENGTH);
  return (obj || new hluint()).__init(bb.readInt32(bb.position()) + bb.position(), bb);
}

value():number {
  const offset = this.bb!.__offset(this.bb_pos, 4);
  return offset ? this.bb!.readUint32(this.bb_pos + offset) : 0;
}

static starthluint(builder:flatbuffers.Builder) {
  builder.startObject(1);
}

static addValue(builder:flatbuffers.Builder, value:number) {
  builder.addFieldInt32(0, value, 0);
}

static endhluint(builder:flatbuffers.Builder):flatbuffers.Offset {
  const offset = builder.endObject();
  return offset;
}

static createhluint(builder:flatbuffers.Builder, value:number):flatbuffers.Offset {
  hluint.starthluint(builder);
  hluint.addValue(builder, value);
  return hluint.endhluint(builder);
}
}

export class hlulong {
  bb: flatbuffers.ByteBuffer|null = null;
  bb_pos = 0;
  __init(i:number, bb:flatbuffers.ByteBuffer):hlulong {
  this.bb_pos = i;
  this.bb = bb;
  return this;
}

static getRootAshlulong(bb:flatbuffers.ByteBuffer, obj?:hlulong):hlulong {
  return (obj || new hlulong()).__init(bb.readInt32(bb.position()) + bb.position(), bb);
}

static getSizePrefixedRootAshlulong(bb:flatbuffers.ByteBuffer, obj?:hlulong):hlulong {
  bb.setPosition(bb.position() + flatbuffers.SIZE_PREFIX_LENGTH);
  return (obj || new hlulong()).__init(bb.readInt32(bb.position()) + bb.position(), bb);
}

value():bigint {
  const offset = this.bb!.__offset(this.bb_pos, 4);
  return offset ? this.bb!.readUint64(this.bb_pos + offset) : BigInt('0');
}

static starthlulong(builder:flatbuffers.Builder) {
  builder.startObject(1);
}

static addValue(builder:flatbuffers.Builder, value:bigint) {
  builder.addFieldInt64(0, value, BigInt('0'));
}

static endhlulong(builder:flatbuffers.Builder):flatbuffers.Offset {
  const offset = builder.endObject();
  return offset;
}

static createhlulong(builder:flatbuffers.Builder, value:bigint):flatbuffers.Offset {
  hlulong.starthlulong(builder);
  hlulong.addValue(builder, value);
  return hlulong.endhlulong(builder);
}
}

export class hlvecbytes {
  bb: flatbuffers.ByteBuffer|null = null;
  bb_pos = 0;
  __init(i:number, bb:flatbuffers.ByteBuffer):hlvecbytes {
  this.bb_pos = i;
  this.bb = bb;
  return this;
}

static getRootAshlvecbytes(bb:flatbuffers.ByteBuffer, obj?:hlvecbytes):hlvecbytes {
  return (obj || new hlvecbytes()).__init(bb.readInt32(bb.position()) + bb.position(), bb);
}

static getSizePrefixedRootAshlvecbytes(bb:flatbuffers.ByteBuffer, obj?:hlvecbytes):hlvecbytes {
  bb.setPosition(bb.position() + flatbuffers.SIZE_PREFIX_LENGTH);
  return (obj || new hlvecbytes()).__init(bb.readInt32(bb.position()) + bb.position(), bb);
}

value(index: number):number|null {
  const offset = this.bb!.__offset(this.bb_pos, 4);
  return offset ? this.bb!.readUint8(this.bb!.__vector(this.bb_pos + offset) + index) : 0;
}

valueLength():number {
  const offset = this.bb!.__offset(this.bb_pos, 4);
  return offset ? this.bb!.__vector_len(this.bb_pos + offset) : 0;
}

valueArray():Uint8Array|null {
  const offset = this.bb!.__offset(this.bb_pos, 4);
  return offset ? new Uint8Array(this.bb!.bytes().buffer, this.bb!.bytes().byteOffset + this.bb!.__vector(this.bb_pos + offset), this.bb!.__vector_len(this.bb_pos + offset)) : null;
}

static starthlvecbytes(builder:flatbuffers.Builder) {
  builder.startObject(1);
}

static addValue(builder:flatbuffers.Builder, valueOffset:flatbuffers.Offset) {
  builder.addFieldOffset(0, valueOffset, 0);
}

static createValueVector(builder:flatbuffers.Builder, data:number[]|Uint8Array):flatbuffers.Offset {
  builder.startVector(1, data.length, 1);
  for (let i = data.length - 1; i >= 0; i--) {
    builder.addInt8(data[i]!);
  }
  return builder.endVector();
}

static startValueVector(builder:flatbuffers.Builder, numElems:number) {
  builder.startVector(1, numElems, 1);
}

static endhlvecbytes(builder:flatbuffers.Builder):flatbuffers.Offset {
  const offset = builder.endObject();
  return offset;
}

static createhlvecbytes(builder:flatbuffers.Builder, valueOffset:flatbuffers.Offset):flatbuffers.Offset {
  hlvecbytes.starthlvecbytes(builder);
  hlvecbytes.addValue(builder, valueOffset);
  return hlvecbytes.endhlvecbytes(builder);
}
}

export class hlvoid {
  bb: flatbuffers.ByteBuffer|null = null;
  bb_pos = 0;
  __init(i:number, bb:flatbuffers.ByteBuffer):hlvoid {
  this.bb_pos = i;
  this.bb = bb;
  return this;
}

static getRootAshlvoid(bb:flatbuffers.ByteBuffer, obj?:hlvoid):hlvoid {
  return (obj || new hlvoid()).__init(bb.readInt32(bb.position()) + bb.position(), bb);
}

static getSizePrefixedRootAshlvoid(bb:flatbuffers.ByteBuffer, obj?:hlvoid):hlvoid {
  bb.setPosition(bb.position() + flatbuffers.SIZE_PREFIX_LENGTH);
  return (obj || new hlvoid()).__init(bb.readInt32(bb.position()) + bb.position(), bb);
}

static starthlvoid(builder:flatbuffers.Builder) {
  builder.startObject(0);
}

static endhlvoid(builder:flatbuffers.Builder):flatbuffers.Offset {
  const offset = builder.endObject();
  return offset;
}

static createhlvoid(builder:flatbuffers.Builder):flatbuffers.Offset {
  hlvoid.starthlvoid(builder);
  return hlvoid.endhlvoid(builder);
}
}

export class HostFunctionDefinition {
  bb: flatbuffers.ByteBuffer|null = null;
  bb_pos = 0;
  __init(i:number, bb:flatbuffers.ByteBuffer):HostFunctionDefinition {
  this.bb_pos = i;
  this.bb = bb;
  return this;
}

static getRootAsHostFunctionDefinition(bb:flatbuffers.ByteBuffer, obj?:HostFunctionDefinition):HostFunctionDefinition {
  return (obj || new HostFunctionDefinition()).__init(bb.readInt32(bb.position()) + bb.position(), bb);
}

static getSizePrefixedRootAsHostFunctionDefinition(bb:flatbuffers.ByteBuffer, obj?:HostFunctionDefinition):HostFunctionDefinition {
  bb.setPosition(bb.position() + flatbuffers.SIZE_PREFIX_LENGTH);
  return (obj || new HostFunctionDefinition()).__init(bb.readInt32(bb.position()) + bb.position(), bb);
}

functionName():string|null
functionName(optionalEncoding:flatbuffers.Encoding):string|Uint8Array|null
functionName(optionalEncoding?:any):string|Uint8Array|null {
  const offset = this.bb!.__offset(this.bb_pos, 4);
  return offset ? this.bb!.__string(this.bb_pos + offset, optionalEncoding) : null;
}

parameters(index: number):ParameterType|null {
  const offset = this.bb!.__offset(this.bb_pos, 6);
  return offset ? this.bb!.readUint8(this.bb!.__vector(this.bb_pos + offset) + index) : null;
}

parametersLength():number {
  const offset = this.bb!.__offset(this.bb_pos, 6);
  return offset ? this.bb!.__vector_len(this.bb_pos + offset) : 0;
}

parametersArray():Uint8Array|null {
  const offset = this.bb!.__offset(this.bb_pos, 6);
  return offset ? new Uint8Array(this.bb!.bytes().buffer, this.bb!.bytes().byteOffset + this.bb!.__vector(this.bb_pos + offset), this.bb!.__vector_len(this.bb_pos + offset)) : null;
}

returnType():ReturnType {
  const offset = this.bb!.__offset(this.bb_pos, 8);
  return offset ? this.bb!.readUint8(this.bb_pos + offset) : ReturnType.hlint;
}

static startHostFunctionDefinition(builder:flatbuffers.Builder) {
  builder.startObject(3);
}

static addFunctionName(builder:flatbuffers.Builder, functionNameOffset:flatbuffers.Offset) {
  builder.addFieldOffset(0, functionNameOffset, 0);
}

static addParameters(builder:flatbuffers.Builder, parametersOffset:flatbuffers.Offset) {
  builder.addFieldOffset(1, parametersOffset, 0);
}

static createParametersVector(builder:flatbuffers.Builder, data:ParameterType[]):flatbuffers.Offset {
  builder.startVector(1, data.length, 1);
  for (let i = data.length - 1; i >= 0; i--) {
    builder.addInt8(data[i]!);
  }
  return builder.endVector();
}

static startParametersVector(builder:flatbuffers.Builder, numElems:number) {
  builder.startVector(1, numElems, 1);
}

static addReturnType(builder:flatbuffers.Builder, returnType:ReturnType) {
  builder.addFieldInt8(2, returnType, ReturnType.hlint);
}

static endHostFunctionDefinition(builder:flatbuffers.Builder):flatbuffers.Offset {
  const offset = builder.endObject();
  builder.requiredField(offset, 4) // function_name
  return offset;
}

static createHostFunctionDefinition(builder:flatbuffers.Builder, functionNameOffset:flatbuffers.Offset, parametersOffset:flatbuffers.Offset, returnType:ReturnType):flatbuffers.Offset {
  HostFunctionDefinition.startHostFunctionDefinition(builder);
  HostFunctionDefinition.addFunctionName(builder, functionNameOffset);
  HostFunctionDefinition.addParameters(builder, parametersOffset);
  HostFunctionDefinition.addReturnType(builder, returnType);
  return HostFunctionDefinition.endHostFunctionDefinition(builder);
}
}

export class HostFunctionDetails {
  bb: flatbuffers.ByteBuffer|null = null;
  bb_pos = 0;
  __init(i:number, bb:flatbuffers.ByteBuffer):HostFunctionDetails {
  this.bb_pos = i;
  this.bb = bb;
  return this;
}

static getRootAsHostFunctionDetails(bb:flatbuffers.ByteBuffer, obj?:HostFunctionDetails):HostFunctionDetails {
  return (obj || new HostFunctionDetails()).__init(bb.readInt32(bb.position()) + bb.position(), bb);
}

static getSizePrefixedRootAsHostFunctionDetails(bb:flatbuffers.ByteBuffer, obj?:HostFunctionDetails):HostFunctionDetails {
  bb.setPosition(bb.position() + flatbuffers.SIZE_PREFIX_LENGTH);
  return (obj || new HostFunctionDetails()).__init(bb.readInt32(bb.position()) + bb.position(), bb);
}

functions(index: number, obj?:HostFunctionDefinition):HostFunctionDefinition|null {
  const offset = this.bb!.__offset(this.bb_pos, 4);
  return offset ? (obj || new HostFunctionDefinition()).__init(this.bb!.__indirect(this.bb!.__vector(this.bb_pos + offset) + index * 4), this.bb!) : null;
}

functionsLength():number {
  const offset = this.bb!.__offset(this.bb_pos, 4);
  return offset ? this.bb!.__vector_len(this.bb_pos + offset) : 0;
}

static startHostFunctionDetails(builder:flatbuffers.Builder) {
  builder.startObject(1);
}

static addFunctions(builder:flatbuffers.Builder, functionsOffset:flatbuffers.Offset) {
  builder.addFieldOffset(0, functionsOffset, 0);
}

static createFunctionsVector(builder:flatbuffers.Builder, data:flatbuffers.Offset[]):flatbuffers.Offset {
  builder.startVector(4, data.length, 4);
  for (let i = data.length - 1; i >= 0; i--) {
    builder.addOffset(data[i]!);
  }
  return builder.endVector();
}

static startFunctionsVector(builder:flatbuffers.Builder, numElems:number) {
  builder.startVector(4, numElems, 4);
}

static endHostFunctionDetails(builder:flatbuffers.Builder):flatbuffers.Offset {
  const offset = builder.endObject();
  return offset;
}

static createHostFunctionDetails(builder:flatbuffers.Builder, functionsOffset:flatbuffers.Offset):flatbuffers.Offset {
  HostFunctionDetails.startHostFunctionDetails(builder);
  HostFunctionDetails.addFunctions(builder, functionsOffset);
  return HostFunctionDetails.endHostFunctionDetails(builder);
}
}

export class KeyValue {
  bb: flatbuffers.ByteBuffer|null = null;
  bb_pos = 0;
  __init(i:number, bb:flatbuffers.ByteBuffer):KeyValue {
  this.bb_pos = i;
  this.bb = bb;
  return this;
}

static getRootAsKeyValue(bb:flatbuffers.ByteBuffer, obj?:KeyValue):KeyValue {
  return (obj || new KeyValue()).__init(bb.readInt32(bb.position()) + bb.position(), bb);
}

static getSizePrefixedRootAsKeyValue(bb:flatbuffers.ByteBuffer, obj?:KeyValue):KeyValue {
  bb.setPosition(bb.position() + flatbuffers.SIZE_PREFIX_LENGTH);
  return (obj || new KeyValue()).__init(bb.readInt32(bb.position()) + bb.position(), bb);
}

key():string|null
key(optionalEncoding:flatbuffers.Encoding):string|Uint8Array|null
key(optionalEncoding?:any):string|Uint8Array|null {
  const offset = this.bb!.__offset(this.bb_pos, 4);
  return offset ? this.bb!.__string(this.bb_pos + offset, optionalEncoding) : null;
}

value():string|null
value(optionalEncoding:flatbuffers.Encoding):string|Uint8Array|null
value(optionalEncoding?:any):string|Uint8Array|null {
  const offset = this.bb!.__offset(this.bb_pos, 6);
  return offset ? this.bb!.__string(this.bb_pos + offset, optionalEncoding) : null;
}

static startKeyValue(builder:flatbuffers.Builder) {
  builder.startObject(2);
}

static addKey(builder:flatbuffers.Builder, keyOffset:flatbuffers.Offset) {
  builder.addFieldOffset(0, keyOffset, 0);
}

static addValue(builder:flatbuffers.Builder, valueOffset:flatbuffers.Offset) {
  builder.addFieldOffset(1, valueOffset, 0);
}

static endKeyValue(builder:flatbuffers.Builder):flatbuffers.Offset {
  const offset = builder.endObject();
  builder.requiredField(offset, 4) // key
  builder.requiredField(offset, 6) // value
  return offset;
}

static createKeyValue(builder:flatbuffers.Builder, keyOffset:flatbuffers.Offset, valueOffset:flatbuffers.Offset):flatbuffers.Offset {
  KeyValue.startKeyValue(builder);
  KeyValue.addKey(builder, keyOffset);
  KeyValue.addValue(builder, valueOffset);
  return KeyValue.endKeyValue(builder);
}
}

export class LogEventType {
  bb: flatbuffers.ByteBuffer|null = null;
  bb_pos = 0;
  __init(i:number, bb:flatbuffers.ByteBuffer):LogEventType {
  this.bb_pos = i;
  this.bb = bb;
  return this;
}

static getRootAsLogEventType(bb:flatbuffers.ByteBuffer, obj?:LogEventType):LogEventType {
  return (obj || new LogEventType()).__init(bb.readInt32(bb.position()) + bb.position(), bb);
}

static getSizePrefixedRootAsLogEventType(bb:flatbuffers.ByteBuffer, obj?:LogEventType):LogEventType {
  bb.setPosition(bb.position() + flatbuffers.SIZE_PREFIX_LENGTH);
  return (obj || new LogEventType()).__init(bb.readInt32(bb.position()) + bb.position(), bb);
}

parentId():bigint {
  const offset = this.bb!.__offset(this.bb_pos, 4);
  return offset ? this.bb!.readUint64(this.bb_pos + offset) : BigInt('0');
}

name():string|null
name(optionalEncoding:flatbuffers.Encoding):string|Uint8Array|null
name(optionalEncoding?:any):string|Uint8Array|null {
  const offset = this.bb!.__offset(this.bb_pos, 6);
  return offset ? this.bb!.__string(this.bb_pos + offset, optionalEncoding) : null;
}

tsc():bigint {
  const offset = this.bb!.__offset(this.bb_pos, 8);
  return offset ? this.bb!.readUint64(this.bb_pos + offset) : BigInt('0');
}

fields(index: number, obj?:KeyValue):KeyValue|null {
  const offset = this.bb!.__offset(this.bb_pos, 10);
  return offset ? (obj || new KeyValue()).__init(this.bb!.__indirect(this.bb!.__vector(this.bb_pos + offset) + index * 4), this.bb!) : null;
}

fieldsLength():number {
  const offset = this.bb!.__offset(this.bb_pos, 10);
  return offset ? this.bb!.__vector_len(this.bb_pos + offset) : 0;
}

static startLogEventType(builder:flatbuffers.Builder) {
  builder.startObject(4);
}

static addParentId(builder:flatbuffers.Builder, parentId:bigint) {
  builder.addFieldInt64(0, parentId, BigInt('0'));
}

static addName(builder:flatbuffers.Builder, nameOffset:flatbuffers.Offset) {
  builder.addFieldOffset(1, nameOffset, 0);
}

static addTsc(builder:flatbuffers.Builder, tsc:bigint) {
  builder.addFieldInt64(2, tsc, BigInt('0'));
}

static addFields(builder:flatbuffers.Builder, fieldsOffset:flatbuffers.Offset) {
  builder.addFieldOffset(3, fieldsOffset, 0);
}

static createFieldsVector(builder:flatbuffers.Builder, data:flatbuffers.Offset[]):flatbuffers.Offset {
  builder.startVector(4, data.length, 4);
  for (let i = data.length - 1; i >= 0; i--) {
    builder.addOffset(data[i]!);
  }
  return builder.endVector();
}

static startFieldsVector(builder:flatbuffers.Builder, numElems:number) {
  builder.startVector(4, numElems, 4);
}

static endLogEventType(builder:flatbuffers.Builder):flatbuffers.Offset {
  const offset = builder.endObject();
  builder.requiredField(offset, 6) // name
  return offset;
}

static createLogEventType(builder:flatbuffers.Builder, parentId:bigint, nameOffset:flatbuffers.Offset, tsc:bigint, fieldsOffset:flatbuffers.Offset):flatbuffers.Offset {
  LogEventType.startLogEventType(builder);
  LogEventType.addParentId(builder, parentId);
  LogEventType.addName(builder, nameOffset);
  LogEventType.addTsc(builder, tsc);
  LogEventType.addFields(builder, fieldsOffset);
  return LogEventType.endLogEventType(builder);
}
}

export enum LogLevel {
  Trace = 0,
  Debug = 1,
  Information = 2,
  Warning = 3,
  Error = 4,
  Critical = 5,
  None = 6
}

export class OpenSpanType {
  bb: flatbuffers.ByteBuffer|null = null;
  bb_pos = 0;
  __init(i:number, bb:flatbuffers.ByteBuffer):OpenSpanType {
  this.bb_pos = i;
  this.bb = bb;
  return this;
}

static getRootAsOpenSpanType(bb:flatbuffers.ByteBuffer, obj?:OpenSpanType):OpenSpanType {
  return (obj || new OpenSpanType()).__init(bb.readInt32(bb.position()) + bb.position(), bb);
}

static getSizePrefixedRootAsOpenSpanType(bb:flatbuffers.ByteBuffer, obj?:OpenSpanType):OpenSpanType {
  bb.setPosition(bb.position() + flatbuffers.SIZE_PREFIX_LENGTH);
  return (obj || new OpenSpanType()).__init(bb.readInt32(bb.position()) + bb.position(), bb);
}

id():bigint {
  const offset = this.bb!.__offset(this.bb_pos, 4);
  return offset ? this.bb!.readUint64(this.bb_pos + offset) : BigInt('0');
}

parent():bigint|null {
  const offset = this.bb!.__offset(this.bb_pos, 6);
  return offset ? this.bb!.readUint64(this.bb_pos + offset) : null;
}

name():string|null
name(optionalEncoding:flatbuffers.Encoding):string|Uint8Array|null
name(optionalEncoding?:any):string|Uint8Array|null {
  const offset = this.bb!.__offset(this.bb_pos, 8);
  return offset ? this.bb!.__string(this.bb_pos + offset, optionalEncoding) : null;
}

target():string|null
target(optionalEncoding:flatbuffers.Encoding):string|Uint8Array|null
target(optionalEncoding?:any):string|Uint8Array|null {
  const offset = this.bb!.__offset(this.bb_pos, 10);
  return offset ? this.bb!.__string(this.bb_pos + offset, optionalEncoding) : null;
}

tsc():bigint {
  const offset = this.bb!.__offset(this.bb_pos, 12);
  return offset ? this.bb!.readUint64(this.bb_pos + offset) : BigInt('0');
}

fields(index: number, obj?:KeyValue):KeyValue|null {
  const offset = this.bb!.__offset(this.bb_pos, 14);
  return offset ? (obj || new KeyValue()).__init(this.bb!.__indirect(this.bb!.__vector(this.bb_pos + offset) + index * 4), this.bb!) : null;
}

fieldsLength():number {
  const offset = this.bb!.__offset(this.bb_pos, 14);
  return offset ? this.bb!.__vector_len(this.bb_pos + offset) : 0;
}

static startOpenSpanType(builder:flatbuffers.Builder) {
  builder.startObject(6);
}

static addId(builder:flatbuffers.Builder, id:bigint) {
  builder.addFieldInt64(0, id, BigInt('0'));
}

static addParent(builder:flatbuffers.Builder, parent:bigint) {
  builder.addFieldInt64(1, parent, null);
}

static addName(builder:flatbuffers.Builder, nameOffset:flatbuffers.Offset) {
  builder.addFieldOffset(2, nameOffset, 0);
}

static addTarget(builder:flatbuffers.Builder, targetOffset:flatbuffers.Offset) {
  builder.addFieldOffset(3, targetOffset, 0);
}

static addTsc(builder:flatbuffers.Builder, tsc:bigint) {
  builder.addFieldInt64(4, tsc, BigInt('0'));
}

static addFields(builder:flatbuffers.Builder, fieldsOffset:flatbuffers.Offset) {
  builder.addFieldOffset(5, fieldsOffset, 0);
}

static createFieldsVector(builder:flatbuffers.Builder, data:flatbuffers.Offset[]):flatbuffers.Offset {
  builder.startVector(4, data.length, 4);
  for (let i = data.length - 1; i >= 0; i--) {
    builder.addOffset(data[i]!);
  }
  return builder.endVector();
}

static startFieldsVector(builder:flatbuffers.Builder, numElems:number) {
  builder.startVector(4, numElems, 4);
}

static endOpenSpanType(builder:flatbuffers.Builder):flatbuffers.Offset {
  const offset = builder.endObject();
  builder.requiredField(offset, 8) // name
  builder.requiredField(offset, 10) // target
  return offset;
}

static createOpenSpanType(builder:flatbuffers.Builder, id:bigint, parent:bigint|null, nameOffset:flatbuffers.Offset, targetOffset:flatbuffers.Offset, tsc:bigint, fieldsOffset:flatbuffers.Offset):flatbuffers.Offset {
  OpenSpanType.startOpenSpanType(builder);
  OpenSpanType.addId(builder, id);
  if (parent !== null)
    OpenSpanType.addParent(builder, parent);
  OpenSpanType.addName(builder, nameOffset);
  OpenSpanType.addTarget(builder, targetOffset);
  OpenSpanType.addTsc(builder, tsc);
  OpenSpanType.addFields(builder, fieldsOffset);
  return OpenSpanType.endOpenSpanType(builder);
}
}

export enum ParameterType {
  hlint = 0,
  hluint = 1,
  hllong = 2,
  hlulong = 3,
  hlfloat = 4,
  hldouble = 5,
  hlstring = 6,
  hlbool = 7,
  hlvecbytes = 8
}

export enum ParameterValue {
  NONE = 0,
  hlint = 1,
  hluint = 2,
  hllong = 3,
  hlulong = 4,
  hlfloat = 5,
  hldouble = 6,
  hlstring = 7,
  hlbool = 8,
  hlvecbytes = 9
}

export function unionToParameterValue(
  type: ParameterValue,
  accessor: (obj:hlbool|hldouble|hlfloat|hlint|hllong|hlstring|hluint|hlulong|hlvecbytes) => hlbool|hldouble|hlfloat|hlint|hllong|hlstring|hluint|hlulong|hlvecbytes|null
): hlbool|hldouble|hlfloat|hlint|hllong|hlstring|hluint|hlulong|hlvecbytes|null {
  switch(ParameterValue[type]) {
    case 'NONE': return null;
    case 'hlint': return accessor(new hlint())! as hlint;
    case 'hluint': return accessor(new hluint())! as hluint;
    case 'hllong': return accessor(new hllong())! as hllong;
    case 'hlulong': return accessor(new hlulong())! as hlulong;
    case 'hlfloat': return accessor(new hlfloat())! as hlfloat;
    case 'hldouble': return accessor(new hldouble())! as hldouble;
    case 'hlstring': return accessor(new hlstring())! as hlstring;
    case 'hlbool': return accessor(new hlbool())! as hlbool;
    case 'hlvecbytes': return accessor(new hlvecbytes())! as hlvecbytes;
    default: return null;
  }
}

export function unionListToParameterValue(
  type: ParameterValue,
  accessor: (index: number, obj:hlbool|hldouble|hlfloat|hlint|hllong|hlstring|hluint|hlulong|hlvecbytes) => hlbool|hldouble|hlfloat|hlint|hllong|hlstring|hluint|hlulong|hlvecbytes|null,
  index: number
): hlbool|hldouble|hlfloat|hlint|hllong|hlstring|hluint|hlulong|hlvecbytes|null {
  switch(ParameterValue[type]) {
    case 'NONE': return null;
    case 'hlint': return accessor(index, new hlint())! as hlint;
    case 'hluint': return accessor(index, new hluint())! as hluint;
    case 'hllong': return accessor(index, new hllong())! as hllong;
    case 'hlulong': return accessor(index, new hlulong())! as hlulong;
    case 'hlfloat': return accessor(index, new hlfloat())! as hlfloat;
    case 'hldouble': return accessor(index, new hldouble())! as hldouble;
    case 'hlstring': return accessor(index, new hlstring())! as hlstring;
    case 'hlbool': return accessor(index, new hlbool())! as hlbool;
    case 'hlvecbytes': return accessor(index, new hlvecbytes())! as hlvecbytes;
    default: return null;
  }
}

export class Parameter {
  bb: flatbuffers.ByteBuffer|null = null;
  bb_pos = 0;
  __init(i:number, bb:flatbuffers.ByteBuffer):Parameter {
  this.bb_pos = i;
  this.bb = bb;
  return this;
}

static getRootAsParameter(bb:flatbuffers.ByteBuffer, obj?:Parameter):Parameter {
  return (obj || new Parameter()).__init(bb.readInt32(bb.position()) + bb.position(), bb);
}

static getSizePrefixedRootAsParameter(bb:flatbuffers.ByteBuffer, obj?:Parameter):Parameter {
  bb.setPosition(bb.position() + flatbuffers.SIZE_PREFIX_LENGTH);
  return (obj || new Parameter()).__init(bb.readInt32(bb.position()) + bb.position(), bb);
}

valueType():ParameterValue {
  const offset = this.bb!.__offset(this.bb_pos, 4);
  return offset ? this.bb!.readUint8(this.bb_pos + offset) : ParameterValue.NONE;
}

value<T extends flatbuffers.Table>(obj:any):any|null {
  const offset = this.bb!.__offset(this.bb_pos, 6);
  return offset ? this.bb!.__union(obj, this.bb_pos + offset) : null;
}

static startParameter(builder:flatbuffers.Builder) {
  builder.startObject(2);
}

static addValueType(builder:flatbuffers.Builder, valueType:ParameterValue) {
  builder.addFieldInt8(0, valueType, ParameterValue.NONE);
}

static addValue(builder:flatbuffers.Builder, valueOffset:flatbuffers.Offset) {
  builder.addFieldOffset(1, valueOffset, 0);
}

static endParameter(builder:flatbuffers.Builder):flatbuffers.Offset {
  const offset = builder.endObject();
  builder.requiredField(offset, 6) // value
  return offset;
}

static createParameter(builder:flatbuffers.Builder, valueType:ParameterValue, valueOffset:flatbuffers.Offset):flatbuffers.Offset {
  Parameter.startParameter(builder);
  Parameter.addValueType(builder, valueType);
  Parameter.addValue(builder, valueOffset);
  return Parameter.endParameter(builder);
}
}

export enum ReturnType {
  hlint = 0,
  hluint = 1,
  hllong = 2,
  hlulong = 3,
  hlfloat = 4,
  hldouble = 5,
  hlstring = 6,
  hlbool = 7,
  hlvoid = 8,
  hlsizeprefixedbuffer = 9
}

export class ReturnValueBox {
  bb: flatbuffers.ByteBuffer|null = null;
  bb_pos = 0;
  __init(i:number, bb:flatbuffers.ByteBuffer):ReturnValueBox {
  this.bb_pos = i;
  this.bb = bb;
  return this;
}

static getRootAsReturnValueBox(bb:flatbuffers.ByteBuffer, obj?:ReturnValueBox):ReturnValueBox {
  return (obj || new ReturnValueBox()).__init(bb.readInt32(bb.position()) + bb.position(), bb);
}

static getSizePrefixedRootAsReturnValueBox(bb:flatbuffers.ByteBuffer, obj?:ReturnValueBox):ReturnValueBox {
  bb.setPosition(bb.position() + flatbuffers.SIZE_PREFIX_LENGTH);
  return (obj || new ReturnValueBox()).__init(bb.readInt32(bb.position()) + bb.position(), bb);
}

valueType():ReturnValue {
  const offset = this.bb!.__offset(this.bb_pos, 4);
  return offset ? this.bb!.readUint8(this.bb_pos + offset) : ReturnValue.NONE;
}

value<T extends flatbuffers.Table>(obj:any):any|null {
  const offset = this.bb!.__offset(this.bb_pos, 6);
  return offset ? this.bb!.__union(obj, this.bb_pos + offset) : null;
}

static startReturnValueBox(builder:flatbuffers.Builder) {
  builder.startObject(2);
}

static addValueType(builder:flatbuffers.Builder, valueType:ReturnValue) {
  builder.addFieldInt8(0, valueType, ReturnValue.NONE);
}

static addValue(builder:flatbuffers.Builder, valueOffset:flatbuffers.Offset) {
  builder.addFieldOffset(1, valueOffset, 0);
}

static endReturnValueBox(builder:flatbuffers.Builder):flatbuffers.Offset {
  const offset = builder.endObject();
  builder.requiredField(offset, 6) // value
  return offset;
}

static createReturnValueBox(builder:flatbuffers.Builder, valueType:ReturnValue, valueOffset:flatbuffers.Offset):flatbuffers.Offset {
  ReturnValueBox.startReturnValueBox(builder);
  ReturnValueBox.addValueType(builder, valueType);
  ReturnValueBox.addValue(builder, valueOffset);
  return ReturnValueBox.endReturnValueBox(builder);
}
}

export enum ReturnValue {
  NONE = 0,
  hlint = 1,
  hluint = 2,
  hllong = 3,
  hlulong = 4,
  hlfloat = 5,
  hldouble = 6,
  hlstring = 7,
  hlbool = 8,
  hlvoid = 9,
  hlsizeprefixedbuffer = 10
}

export function unionToReturnValue(
  type: ReturnValue,
  accessor: (obj:hlbool|hldouble|hlfloat|hlint|hllong|hlsizeprefixedbuffer|hlstring|hluint|hlulong|hlvoid) => hlbool|hldouble|hlfloat|hlint|hllong|hlsizeprefixedbuffer|hlstring|hluint|hlulong|hlvoid|null
): hlbool|hldouble|hlfloat|hlint|hllong|hlsizeprefixedbuffer|hlstring|hluint|hlulong|hlvoid|null {
  switch(ReturnValue[type]) {
    case 'NONE': return null;
    case 'hlint': return accessor(new hlint())! as hlint;
    case 'hluint': return accessor(new hluint())! as hluint;
    case 'hllong': return accessor(new hllong())! as hllong;
    case 'hlulong': return accessor(new hlulong())! as hlulong;
    case 'hlfloat': return accessor(new hlfloat())! as hlfloat;
    case 'hldouble': return accessor(new hldouble())! as hldouble;
    case 'hlstring': return accessor(new hlstring())! as hlstring;
    case 'hlbool': return accessor(new hlbool())! as hlbool;
    case 'hlvoid': return accessor(new hlvoid())! as hlvoid;
    case 'hlsizeprefixedbuffer': return accessor(new hlsizeprefixedbuffer())! as hlsizeprefixedbuffer;
    default: return null;
  }
}

export function unionListToReturnValue(
  type: ReturnValue,
  accessor: (index: number, obj:hlbool|hldouble|hlfloat|hlint|hllong|hlsizeprefixedbuffer|hlstring|hluint|hlulong|hlvoid) => hlbool|hldouble|hlfloat|hlint|hllong|hlsizeprefixedbuffer|hlstring|hluint|hlulong|hlvoid|null,
  index: number
): hlbool|hldouble|hlfloat|hlint|hllong|hlsizeprefixedbuffer|hlstring|hluint|hlulong|hlvoid|null {
  switch(ReturnValue[type]) {
    case 'NONE': return null;
    case 'hlint': return accessor(index, new hlint())! as hlint;
    case 'hluint': return accessor(index, new hluint())! as hluint;
    case 'hllong': return accessor(index, new hllong())! as hllong;
    case 'hlulong': return accessor(index, new hlulong())! as hlulong;
    case 'hlfloat': return accessor(index, new hlfloat())! as hlfloat;
    case 'hldouble': return accessor(index, new hldouble())! as hldouble;
    case 'hlstring': return accessor(index, new hlstring())! as hlstring;
    case 'hlbool': return accessor(index, new hlbool())! as hlbool;
    case 'hlvoid': return accessor(index, new hlvoid())! as hlvoid;
    case 'hlsizeprefixedbuffer': return accessor(index, new hlsizeprefixedbuffer())! as hlsizeprefixedbuffer;
    default: return null;
  }
}
