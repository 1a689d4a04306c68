export {
  deviceNamed as deviceModelNamed,
  deviceRecords as deviceModels,
} from '#shared/devices/registry.ts';
