export interface Unit {
  readonly kind: string;
}
