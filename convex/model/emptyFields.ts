/** A form's fields as a row keeps them: an empty text stands for nothing. */
export function withoutEmpty<Fields extends object>(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([field, value]) => [field, value === "" ? undefined : value]),
  ) as Fields;
}
