const {
  createCallbackListener,
  createMemorySeenStore,
  toNodeHandler,
} = require("@thingspace-callbacks/listener");
const { createTestCallback } = require("@thingspace-callbacks/listener/testing");
const { program } = require("./program.js");

module.exports = (input) =>
  program({ createCallbackListener, createMemorySeenStore, toNodeHandler, createTestCallback }, input);
