const { createThingSpaceClient } = require("@thingspace-callbacks/client");
const { program } = require("./program.js");

module.exports = (input) => program({ createThingSpaceClient }, input);
