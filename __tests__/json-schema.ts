import Ajv from 'ajv';
import { accessFileSchema } from '../docs/generate-schema';

const validate = new Ajv({
  strict: false,
  // Every format of the schema comes with its pattern.
  validateFormats: false,
}).compile(JSON.parse(accessFileSchema()));

/** Whether the JSON Schema of the access file accepts a value, as JSON writes it. */
export function isAccepted(value: unknown): boolean {
  return validate(value === undefined ? undefined : JSON.parse(JSON.stringify(value)));
}

/** Why the JSON Schema does not accept the last value. */
export function refusals(): readonly string[] {
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
